/** x_{k+1} = F(x_k, u_k) by one or more substeps of a Runge-Kutta method, and its derivatives up to second order. */
import { type Buffer, type Indexish, type Real, real, ZERO } from '../../kernel';
import type { RungeKuttaDynamics } from '../../problem';
import type { Workspace } from '../workspace';
import type { AdjointAlong, Direction, Gather } from './along';
import { type Block, block, zeroBlock } from './block';
import { type Directions, stateDirections } from './directions';
import { explicitMethod } from './explicit';
import { defineNewtonMatrix, implicitMethod } from './implicit';
import { isExplicit, type Method } from './method';
import { straightLineSize, straightLineStep } from './straightLine';

/** States at the end of the step, then what is accumulated along it; rows of the Jacobian likewise. */
export interface StepDerivatives {
  readonly value: readonly Real[];
  readonly jacobian: Block;
  /** The wanted part of the Hessian of w'X+ plus what is accumulated. */
  readonly hessian: Block;
}

/** Before the first step is written: implicit methods define procedures of their own. */
export function defineMethod(w: Workspace, dynamics: RungeKuttaDynamics): Method {
  const explicit = dynamics.tableau.a.every((row, i) => row.every((value, j) => j < i || value === 0));
  return explicit ? explicitMethod(w, dynamics) : implicitMethod(w, dynamics, defineNewtonMatrix(w, dynamics));
}

function methodOf(w: Workspace): Method {
  if (!w.method) throw new Error('the dynamics are discrete');
  return w.method;
}

/** X+ alone. `z` are the values of (x_k, u_k, signals at k). */
export function stepValue(w: Workspace, dynamics: RungeKuttaDynamics, z: readonly Real[]): Real[] {
  const { program } = w;
  const method = methodOf(w);
  const controls = z.slice(w.nx);
  const start = startOf(w, dynamics, z);
  if (dynamics.substeps === 1) return method.advance(start, controls);
  const state = start.map((x) => program.variable(x));
  program.for(0, dynamics.substeps, () => {
    const end = method.advance(state, controls);
    end.map((x) => program.let(x)).forEach((x, i) => state[i].set(x));
  });
  return state;
}

/** X+, its Jacobian and the Hessian of w'X+ with w = `seed`, in the given directions. */
export function stepDerivatives(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  z: readonly Real[],
  seed: readonly Real[],
  directions: Directions = stateDirections(w, dynamics),
): StepDerivatives {
  const method = methodOf(w);
  const seeds = [...seed, ...Array.from({ length: dynamics.accumulators }, () => real(1))];
  const short = straightLineSize(w, dynamics) <= w.target.straightLine;
  if (isExplicit(method) && directions.columns === w.nz && short) {
    const { program } = w;
    const start = startOf(w, dynamics, z);
    return program.unrolling(w.nz, () => straightLineStep(w, dynamics, method, start, z.slice(w.nx), seeds));
  }
  const differentiate = dynamics.substeps === 1 ? oneSubstep : manySubsteps;
  return differentiate(w, dynamics, z, seeds, directions);
}

/**
 * Gathers the gradient of d/de (w + e wdot)'X+ by the inputs along the direction (see along.ts); what is accumulated has
 * the seed 1, whose change is `accumulatedDot`.
 */
export function gatherAlong(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  z: readonly Real[],
  xDot: readonly Real[],
  { seed, seedDot }: AdjointAlong,
  accumulatedDot: Real,
  direction: Direction,
  gather: Gather,
): void {
  const { program } = w;
  const method = methodOf(w);
  const controls = z.slice(w.nx);
  const start = startOf(w, dynamics, z);
  const startDot = startOf(w, dynamics, xDot);
  const accumulators = (value: Real): Real[] => Array.from({ length: dynamics.accumulators }, () => value);
  const seeds = {
    seed: [...seed, ...accumulators(real(1))],
    seedDot: [...seedDot, ...accumulators(accumulatedDot)],
  };
  if (dynamics.substeps === 1) {
    method.adjointAlong(method.along(start, startDot, controls, direction), seeds, direction, gather);
    return;
  }
  const inner = start.length;
  const states = program.shared('substep.states', dynamics.substeps + 1, inner);
  const dots = program.shared('substep.dots', dynamics.substeps + 1, inner);
  const at = (buffer: Buffer, s: Indexish): Real[] => start.map((_, i) => program.let(buffer.at(s, i)));
  const keep = (buffer: Buffer, s: Indexish, values: readonly Real[]): void =>
    values.forEach((value, i) => {
      buffer.at(s, i).set(value);
    });
  keep(states, 0, start);
  keep(dots, 0, startDot);
  program.for(0, dynamics.substeps, (s) => {
    const { end, endDot } = method.along(at(states, s), at(dots, s), controls, direction);
    keep(states, s.plus(1), end);
    keep(dots, s.plus(1), endDot);
  });
  const adjoint = seeds.seed.map((value) => program.variable(value));
  const adjointDot = seeds.seedDot.map((value) => program.variable(value));
  program.forDown(0, dynamics.substeps, (s) => {
    const substep = method.along(at(states, s), at(dots, s), controls, direction);
    const before = method.adjointAlong(substep, { seed: adjoint, seedDot: adjointDot }, direction, gather);
    before.seed.map((value) => program.let(value)).forEach((value, i) => adjoint[i].set(value));
    before.seedDot.map((value) => program.let(value)).forEach((value, i) => adjointDot[i].set(value));
  });
}

/** x_k, and nothing accumulated yet. */
export function startOf(w: Workspace, { accumulators }: RungeKuttaDynamics, z: readonly Real[]): Real[] {
  return [...z.slice(0, w.nx), ...Array.from({ length: accumulators }, () => ZERO)];
}

function oneSubstep(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  z: readonly Real[],
  seed: readonly Real[],
  directions: Directions,
): StepDerivatives {
  const method = methodOf(w);
  const start = startOf(w, dynamics, z);
  const substep = method.forward(start, identity(w, start.length, directions), z.slice(w.nx), directions);
  const hessian = zeroHessian(w, directions);
  method.backward(substep, seed, hessian, directions);
  return { value: substep.end, jacobian: substep.endTangent, hessian };
}

/** Forward over the substeps, keeping where each began; then backwards, each one done again with its derivatives. */
function manySubsteps(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  z: readonly Real[],
  seed: readonly Real[],
  directions: Directions,
): StepDerivatives {
  const { program, nx, nz } = w;
  const { columns } = directions;
  const { substeps } = dynamics;
  const method = methodOf(w);
  const start = startOf(w, dynamics, z);
  const inner = start.length;
  const states = program.shared('substep.states', substeps + 1, inner);
  const tangents = program.shared(`substep.tangents.${columns}`, substeps + 1, inner, columns);
  const total = program.shared(`substep.hessian.${columns}`, nz, columns);
  const controls = z.slice(nx);
  const stateAt = (s: Indexish): Real[] => start.map((_, i) => program.let(states.at(s, i)));
  const tangentAt = (s: Indexish): Block =>
    columns <= program.unrollLimit
      ? block(program, 'tangent', inner, columns, (i, j) => tangents.at(s, i, j))
      : { at: (i, j) => tangents.at(s, i, j) };
  const forWanted = (body: (i: number, j: Indexish) => void): void => {
    for (let i = 0; i < nz; i++) program.each(...directions.wanted(i), (j) => body(i, j));
  };

  for (let i = 0; i < inner; i++) {
    states.at(0, i).set(start[i]);
    program.each(0, columns, (j) => tangents.at(0, i, j).set(0));
    if (i < nx) tangents.at(0, i, i).set(1);
  }
  program.for(0, substeps, (s) => {
    const { end, endTangent } = method.forward(stateAt(s), tangentAt(s), controls, directions);
    for (let i = 0; i < inner; i++) {
      states.at(s.plus(1), i).set(end[i]);
      program.each(0, columns, (j) => tangents.at(s.plus(1), i, j).set(endTangent.at(i, j)));
    }
  });

  const adjoint = seed.map((value) => program.variable(value));
  forWanted((i, j) => total.at(i, j).set(0));
  program.forDown(0, substeps, (s) => {
    const substep = method.forward(stateAt(s), tangentAt(s), controls, directions);
    const hessian = zeroHessian(w, directions);
    const before = method.backward(substep, adjoint, hessian, directions);
    forWanted((i, j) => total.at(i, j).add(hessian.at(i, j)));
    before.map((value) => program.let(value)).forEach((value, i) => adjoint[i].set(value));
  });
  return {
    value: stateAt(substeps),
    jacobian: { at: (i, j) => tangents.at(substeps, i, j) },
    hessian: total,
  };
}

function identity(w: Workspace, inner: number, { columns }: Directions): Block {
  const ones = Array.from({ length: w.nx }, (_, i) => ({ row: i, column: i, value: real(1) }));
  return block(w.program, 'identity', inner, columns, () => ZERO, ones);
}

function zeroHessian(w: Workspace, { columns, wanted }: Directions) {
  return zeroBlock(w.program, 'step.hessian', w.nz, columns, wanted);
}
