import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Node } from '../expression';
import { complexNumbers } from '../expression/testing/numbers';
import { interpret } from '../expression/testing/recipes';
import { type Backend, backends, type Executable } from '../kernel';
import { discretise, type ExplicitIntegrator, type Problem, type RungeKuttaDynamics } from '../problem';
import { build, distance, integrate, Random, type Recipe, recipes } from '../problem/testing';
import { inputDerivatives, parameterDirections, stepDerivatives } from './index';
import { stepValue } from './integrator';
import { Workspace } from './workspace';

const methods = fc.constantFrom('rk1' as const, 'rk2' as const, 'rk3' as const, 'rk4' as const);
const curved = { dynamics: methods, shape: fc.constant('curved' as const), initial: fc.constant('free' as const) };
const none = { inequalities: fc.constant(0), soft: fc.constant(0), equalities: fc.constant(0) };
/** Unrolled in full; and with more variables than are unrolled. */
const small = recipes({ ...curved, ...none, nu: fc.integer({ min: 0, max: 2 }) });
const large = recipes({ ...curved, ...none, nx: fc.integer({ min: 9, max: 11 }), nu: fc.integer({ min: 4, max: 5 }) });

/** The step at random (x, u), costate and parameters, by a kernel and by plain numbers. */
interface Experiment {
  readonly problem: Problem;
  readonly executable: Executable;
  readonly z: readonly number[];
  readonly seed: readonly number[];
  readonly parameters: readonly number[];
}

function experiment(recipe: Recipe, backend: Backend): Experiment {
  const random = new Random(recipe.seed + 1);
  const { problem } = build(recipe);
  const w = new Workspace(discretise(problem));
  const { program, nx, nz } = w;
  const dynamics = w.stages.dynamics as RungeKuttaDynamics;
  const z = program.buffer('z', nz);
  const seed = program.buffer('seed', nx);
  const plainValue = program.buffer('plainValue', nx);
  const stateValue = program.buffer('states.value', nx);
  const variables = () => Array.from({ length: nz }, (_, i) => program.let(z.at(i)));

  program.procedure('plain', () => stepValue(w, dynamics, variables()).forEach((x, i) => plainValue.at(i).set(x)));
  const costates = () => Array.from({ length: nx }, (_, i) => program.let(seed.at(i)));
  const plainJacobian = program.buffer('states.jacobian', nx, nz);
  const hessian = program.buffer('states.hessian', nz, nz);
  program.procedure('states', () => {
    const step = stepDerivatives(w, dynamics, variables(), costates());
    for (let i = 0; i < nx; i++) {
      stateValue.at(i).set(step.value[i]);
      for (let j = 0; j < nz; j++) plainJacobian.at(i, j).set(step.jacobian.at(i, j));
    }
    for (let i = 0; i < nz; i++) for (let j = 0; j <= i; j++) hessian.at(i, j).set(step.hessian.at(i, j));
  });

  const { parameters } = w.stages;
  const tangent = program.buffer('parameters.tangent', nx, parameters.length);
  const mixed = program.buffer('parameters.mixed', nz, parameters.length);
  program.procedure('parameters', () => {
    const directions = parameterDirections(w, dynamics, parameters);
    const step = inputDerivatives(w, dynamics, variables(), costates(), directions);
    parameters.forEach((_, j) => {
      for (let i = 0; i < nx; i++) tangent.at(i, j).set(step.tangent.at(i, j));
      for (let i = 0; i < nz; i++) mixed.at(i, j).set(step.mixed.at(i, j));
    });
  });
  w.invariants.define(w);

  const executable = backend.load(program.module());
  const drawn = {
    z: random.vector(nz),
    seed: random.vector(nx),
    parameters: problem.parameters.map(() => random.uniform(0.5, 1.5)),
  };
  executable.buffer('z').set(drawn.z);
  executable.buffer('seed').set(drawn.seed);
  executable.buffer('parameters').set(drawn.parameters);
  executable.run('prepare');
  return { problem, executable, ...drawn };
}

/** x+ by complex arithmetic, of (z, parameters) with a small imaginary part at variable `moving`. */
function complexStep({ problem, z, parameters }: Experiment, moving: number, tiny: number) {
  const { graph, horizon, dynamics } = problem;
  const symbols = [...problem.states, ...problem.controls, ...problem.parameters].map(({ symbol }) => symbol);
  const point = new Map<Node, { re: number; im: number }>(
    [...z, ...parameters].map((re, i) => [symbols[i], { re, im: i === moving ? tiny : 0 }]),
  );
  const states = symbols.slice(0, problem.states.length);
  const [duration] = interpret(graph, [horizon.duration], complexNumbers, point);
  const length = complexNumbers.binary('div', duration, complexNumbers.constant(horizon.steps * horizon.substeps));
  const slope = (x: readonly { re: number; im: number }[]) => {
    states.forEach((symbol, i) => point.set(symbol, x[i]));
    return interpret(graph, dynamics.rhs, complexNumbers, point);
  };
  const start = states.map((symbol) => point.get(symbol) as { re: number; im: number });
  return integrate(complexNumbers, horizon.integrator as ExplicitIntegrator, slope, start, length, horizon.substeps);
}

const value = (at: Experiment): number[] => complexStep(at, 0, 0).map(({ re }) => re);

/** d(x+)/d(z or parameter), [nx][columns]. */
function jacobian(at: Experiment, columns: readonly number[]): number[][] {
  const tiny = 1e-30;
  const byColumn = columns.map((j) => complexStep(at, j, tiny).map(({ im }) => im / tiny));
  return at.seed.map((_, i) => byColumn.map((column) => column[i]));
}

/** direction' d2(seed'x+)/dz d(z or parameter), [columns]: central differences of complex steps. */
function curvature(at: Experiment, columns: readonly number[], direction: readonly number[]): number[] {
  const h = 1e-5;
  const gradient = (by: number): number[] => {
    const rows = jacobian({ ...at, z: at.z.map((value, i) => value + by * direction[i]) }, columns);
    return columns.map((_, j) => rows.reduce((sum, row, i) => sum + at.seed[i] * row[j], 0));
  };
  const behind = gradient(-h);
  return gradient(h).map((ahead, j) => (ahead - behind[j]) / (2 * h));
}

describe.each(backends)('Runge-Kutta steps ($name)', (backend) => {
  describe.each([
    ['unrolled', small, 40],
    ['looped', large, 4],
  ] as const)('%s', (_, recipe, numRuns) => {
    it('take the state where the method takes it', () => {
      fc.assert(
        fc.property(recipe, (drawn) => {
          const at = experiment(drawn, backend);
          at.executable.run('plain');
          expect(distance(at.executable.buffer('plainValue'), value(at))).toBeLessThan(1e-13);
        }),
        { numRuns },
      );
    });

    it('have the Jacobian and Hessian of complex steps', () => {
      fc.assert(
        fc.property(recipe, (drawn) => {
          const at = experiment(drawn, backend);
          const { executable, z } = at;
          const all = z.map((_, j) => j);
          executable.run('states');
          expect(distance(executable.buffer('states.value'), value(at))).toBeLessThan(1e-13);
          expect(distance(executable.buffer('states.jacobian'), jacobian(at, all).flat())).toBeLessThan(1e-12);
          const lower = rowsOf(executable.buffer('states.hessian'), z.length);
          const direction = new Random(drawn.seed + 2).vector(z.length);
          const product = all.map((j) => sumOf(direction, (d, i) => d * (i >= j ? lower[i][j] : lower[j][i])));
          expect(distance(product, curvature(at, all, direction))).toBeLessThan(1e-8);
        }),
        { numRuns },
      );
    });

    it('have the derivatives of complex steps by parameters', () => {
      fc.assert(
        fc.property(recipe, (drawn) => {
          const at = experiment(drawn, backend);
          const { executable, z, parameters } = at;
          const all = [...z, ...parameters].map((_, j) => j);
          executable.run('parameters');
          const behind = all.slice(z.length);
          expect(distance(executable.buffer('parameters.tangent'), jacobian(at, behind).flat())).toBeLessThan(1e-12);
          const mixed = rowsOf(executable.buffer('parameters.mixed'), behind.length);
          const direction = new Random(drawn.seed + 2).vector(z.length);
          const product = behind.map((_, j) => sumOf(direction, (d, i) => d * mixed[i][j]));
          expect(distance(product, curvature(at, behind, direction))).toBeLessThan(1e-8);
        }),
        { numRuns },
      );
    });
  });
});

function rowsOf(matrix: Float64Array, columns: number): Float64Array[] {
  return Array.from({ length: matrix.length / columns }, (_, i) => matrix.subarray(i * columns, (i + 1) * columns));
}

function sumOf(values: readonly number[], term: (value: number, i: number) => number): number {
  return values.reduce((sum, value, i) => sum + term(value, i), 0);
}
