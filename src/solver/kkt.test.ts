import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { type Backend, backends, type Executable } from '../kernel';
import { build, Random, type Recipe, recipes } from '../problem/testing';
import { LEAST_COMPLIANCE } from './elimination';
import { defineSolver } from './index';
import {
  distanceFromRange,
  type NewtonRhs,
  type NewtonStage,
  newtonResidual,
  newtonStages,
  smallestSingularValue,
} from './testing';
import type { Workspace } from './workspace';

const shapes = fc.constantFrom('quadratic' as const, 'curved' as const, 'wells' as const);
const any = recipes({ shape: shapes });
const full = recipes({ shape: shapes, inequalities: fc.constant(3), soft: fc.constant(3), equalities: fc.constant(2) });
const redundant = recipes({ shape: shapes, redundant: fc.constant(true), equalities: fc.constantFrom(1, 2) });
const large = recipes({ nx: fc.constant(9), nu: fc.constant(4), N: fc.constant(2), substeps: fc.constant(1) });

interface Experiment {
  readonly w: Workspace;
  readonly executable: Executable;
  readonly stages: NewtonStage[];
  readonly random: Random;
}

/** Linearised at a random interior iterate, with slacks and multipliers between `least` and 10. */
function experiment(recipe: Recipe, backend: Backend, least = 1e-3): Experiment {
  const random = new Random(recipe.seed + 1);
  const { problem, parameters } = build(recipe);
  const { workspace: w } = defineSolver(problem);
  w.invariants.define(w);
  const executable = backend.load(w.program.module());
  executable.buffer('parameters').set(parameters);
  executable.run('prepare');
  executable.run('initialState');
  for (const name of ['point', 'costate', 'y']) fill(executable.buffer(name), () => random.uniform());
  for (const name of ['t', 'zeta', 'e', 'v']) fill(executable.buffer(name), () => random.magnitude(least, 10));
  fill(executable.buffer(LEAST_COMPLIANCE), () => w.target.sideRegularisation);
  executable.run('linearise');
  return { w, executable, stages: newtonStages(w, executable, parameters), random };
}

function fill(buffer: Float64Array, value: () => number): void {
  for (let i = 0; i < buffer.length; i++) buffer[i] = value();
}

/** A right-hand side that some direction satisfies, however redundant the equalities are. */
function consistentRhs({ w, executable, stages, random }: Experiment): NewtonRhs {
  const { nx, N } = w;
  const at = (name: string) => executable.buffer(name);
  const dz = stages.map(({ z }) => random.vector(z));
  const times = (row: readonly number[], k: number): number => row.reduce((sum, value, i) => sum + value * dz[k][i], 0);
  const equalities = new Array<number>(w.equalities).fill(0);
  stages.forEach((stage, k) => {
    for (const { number, gradient } of stage.equalities) equalities[number] = -times(gradient, k);
  });
  const after = (k: number): number[] => stages[k].jacobian.map((row, i) => dz[k + 1][i] - times(row, k));
  return {
    stationarity: stages.map(({ z }) => random.vector(z)),
    dynamics: Array.from({ length: N + 1 }, (_, k) => (k === 0 ? dz[0].slice(0, nx) : after(k - 1))),
    equalities,
    sides: random.vector(w.sides),
    complementarity: random.vector(w.sides).map((value, i) => value * at('t')[i] * at('zeta')[i]),
    penalty: random.vector(w.softSides),
    violation: random.vector(w.softSides).map((value, i) => value * at('e')[i] * at('v')[i]),
  };
}

/** The solver takes the products divided by slack and violation, and the penalty with the violation eliminated. */
function setRhs({ w, executable }: Experiment, rhs: NewtonRhs): void {
  const { nx, nz } = w;
  const at = (name: string) => executable.buffer(`rhs.${name}`);
  rhs.stationarity.forEach((row, k) => {
    at('stationarity').set(row, k * nz);
  });
  rhs.dynamics.forEach((row, k) => {
    at('dynamics').set(row, k * nx);
  });
  at('equalities').set(rhs.equalities);
  at('sides').set(rhs.sides);
  const t = executable.buffer('t');
  const e = executable.buffer('e');
  at('complementarity').set(rhs.complementarity.map((value, i) => value / t[i]));
  at('violation').set(rhs.violation.map((value, i) => value / e[i]));
  at('penalty').set(rhs.penalty.map((value, i) => value + rhs.violation[i] / e[i]));
}

/** Shift the Hessian, if need be, until the reduced Hessian is positive definite. */
function factorise({ executable }: Experiment): number {
  for (let shift = 0; shift < 1e6; shift = Math.max(1e-2, 8 * shift)) {
    executable.buffer('kkt.regularisation')[0] = shift;
    executable.run('kkt.load');
    executable.run('kkt.factorise');
    if (executable.buffer('riccati.definite')[0] === 1) return shift;
  }
  throw new Error('no shift makes the reduced Hessian positive definite');
}

/** Makes one side strongly active, stiffer than any other; one whose row dynamics and equalities do not pin. */
function stiffen({ w, executable, stages, random }: Experiment): void {
  const columns = multiplierColumns(w, stages);
  const independent = stages.flatMap(({ sides }, k) =>
    sides.flatMap(({ number, gradient }) => {
      const row = new Array<number>(columns.rows).fill(0);
      row.splice(k * w.nz, gradient.length, ...gradient);
      return distanceFromRange(columns, row) > 0.1 * Math.hypot(...row) ? [number] : [];
    }),
  );
  if (independent.length > 0) executable.buffer('t')[random.pick(independent)] = random.magnitude(1e-14, 1e-8);
}

/** Right-hand side, factorisation, solution; returns its residual. */
function solved(at: Experiment, target: number): number {
  const rhs = consistentRhs(at);
  setRhs(at, rhs);
  at.executable.buffer('kkt.target')[0] = target;
  const shift = factorise(at);
  at.executable.run('kkt.solve');
  return newtonResidual(at.w, at.executable, at.stages, rhs, shift);
}

describe.each(backends)('the Newton system ($name)', (backend) => {
  it.each([
    ['constraints of every kind', any, 40],
    ['many constraints', full, 40],
    ['redundant equalities', redundant, 40],
    ['more variables than are unrolled', large, 3],
  ] as const)('is solved with %s', (_, recipe, numRuns) => {
    fc.assert(
      fc.property(recipe, (drawn) => {
        const at = experiment(drawn, backend);
        // Equalities that almost contradict each other take more refinement than there is.
        fc.pre(smallestSingularValue(multiplierColumns(at.w, at.stages)) > 0.03);
        stiffen(at);
        expect(solved(at, 1e-12)).toBeLessThan(1e-8);
      }),
      { numRuns },
    );
  });

  it('is as accurate as it says, however badly conditioned', () => {
    fc.assert(
      fc.property(full, (drawn) => {
        const at = experiment(drawn, backend, 1e-8);
        const residual = solved(at, 1e-15);
        expect(residual).toBeLessThan(1e-9 + 100 * at.executable.buffer('kkt.accuracy')[0]);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the least-squares multipliers at the start', () => {
    fc.assert(
      fc.property(fc.oneof(any, redundant), (drawn) => {
        const at = experiment(drawn, backend);
        const { w, executable } = at;
        for (const name of ['costate', 'y']) executable.buffer(name).fill(0);
        executable.run('linearise');
        executable.run('residuals.measure');
        const columns = multiplierColumns(w, at.stages);
        fc.pre(smallestSingularValue(columns) > 0.03);
        const residual = at.stages.flatMap(({ z }, k) => [
          ...executable.buffer('residual.stationarity').slice(k * w.nz, k * w.nz + z),
        ]);
        executable.run('kkt.estimateMultipliers');
        const norm = (multipliers: readonly number[]): number =>
          Math.hypot(...residual.map((r, i) => r + multipliers.reduce((sum, m, j) => sum + columns.get(i, j) * m, 0)));
        const fixed = w.fixed.map((i) => executable.buffer('costate')[i]);
        const found = [...fixed, ...executable.buffer('costate').slice(w.nx), ...executable.buffer('y')];
        expect(norm(found)).toBeLessThan(distanceFromRange(columns, residual) * (1 + 1e-4) + 1e-4);
      }),
      { numRuns: 40 },
    );
  });
});

/** d(stationarity)/d(costates of fixed initial states, costates of stages 1..N, y). */
function multiplierColumns(w: Workspace, stages: readonly NewtonStage[]): Matrix {
  const { nx, nz, N, fixed } = w;
  const columns = Matrix.zeros(N * nz + nx, fixed.length + N * nx + w.equalities);
  fixed.forEach((i, column) => columns.set(i, column, -1));
  stages.forEach(({ jacobian, equalities }, k) => {
    jacobian.forEach((row, i) => {
      const column = fixed.length + k * nx + i;
      row.forEach((value, j) => columns.set(k * nz + j, column, value));
      columns.set((k + 1) * nz + i, column, -1);
    });
    for (const { number, gradient } of equalities)
      gradient.forEach((value, j) => columns.set(k * nz + j, fixed.length + N * nx + number, value));
  });
  return columns;
}
