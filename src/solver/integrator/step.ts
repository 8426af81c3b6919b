/** x_{k+1} = F(x_k, u_k) by one or more substeps of a Runge-Kutta method, and its derivatives up to second order. */
import { type Indexish, type Real, real, ZERO } from '../../kernel';
import type { RungeKuttaDynamics } from '../../problem';
import type { Workspace } from '../workspace';
import { type Block, block, zeroBlock } from './block';
import { type Directions, stateDirections } from './directions';
import { explicitMethod } from './explicit';
import { defineNewtonMatrix, implicitMethod } from './implicit';
import type { Method } from './method';

export interface StepDerivatives {
  readonly value: readonly Real[];
  readonly jacobian: Block;
  /** The wanted part of the Hessian of w'X+. */
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
  if (dynamics.substeps === 1) return method.advance(z.slice(0, w.nx), controls);
  const state = z.slice(0, w.nx).map((x) => program.variable(x));
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
  const differentiate = dynamics.substeps === 1 ? oneSubstep : manySubsteps;
  return differentiate(w, methodOf(w), dynamics.substeps, z, seed, directions);
}

function oneSubstep(
  w: Workspace,
  method: Method,
  _: number,
  z: readonly Real[],
  seed: readonly Real[],
  directions: Directions,
): StepDerivatives {
  const substep = method.forward(z.slice(0, w.nx), identity(w, directions), z.slice(w.nx), directions);
  const hessian = zeroHessian(w, directions);
  method.backward(substep, seed, hessian, directions);
  return { value: substep.end, jacobian: substep.endTangent, hessian };
}

/** Forward over the substeps, keeping where each began; then backwards, each one done again with its derivatives. */
function manySubsteps(
  w: Workspace,
  method: Method,
  substeps: number,
  z: readonly Real[],
  seed: readonly Real[],
  directions: Directions,
): StepDerivatives {
  const { program, nx, nz } = w;
  const { columns } = directions;
  const states = program.shared('substep.states', substeps + 1, nx);
  const tangents = program.shared(`substep.tangents.${columns}`, substeps + 1, nx, columns);
  const total = program.shared(`substep.hessian.${columns}`, nz, columns);
  const controls = z.slice(nx);
  const stateAt = (s: Indexish): Real[] => z.slice(0, nx).map((_, i) => program.let(states.at(s, i)));
  const tangentAt = (s: Indexish): Block =>
    columns <= program.unrollLimit
      ? block(program, 'tangent', nx, columns, (i, j) => tangents.at(s, i, j))
      : { at: (i, j) => tangents.at(s, i, j) };
  const forWanted = (body: (i: number, j: Indexish) => void): void => {
    for (let i = 0; i < nz; i++) program.each(...directions.wanted(i), (j) => body(i, j));
  };

  for (let i = 0; i < nx; i++) {
    states.at(0, i).set(z[i]);
    program.each(0, columns, (j) => tangents.at(0, i, j).set(0));
    tangents.at(0, i, i).set(1);
  }
  program.for(0, substeps, (s) => {
    const { end, endTangent } = method.forward(stateAt(s), tangentAt(s), controls, directions);
    for (let i = 0; i < nx; i++) {
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

function identity(w: Workspace, { columns }: Directions): Block {
  const ones = Array.from({ length: w.nx }, (_, i) => ({ row: i, column: i, value: real(1) }));
  return block(w.program, 'identity', w.nx, columns, () => ZERO, ones);
}

function zeroHessian(w: Workspace, { columns, wanted }: Directions) {
  return zeroBlock(w.program, 'step.hessian', w.nz, columns, wanted);
}
