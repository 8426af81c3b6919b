import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Node } from '../expression';
import { type Backend, backends } from '../kernel';
import { build, derivatives, distance, largest, places, type Recipe, recipes } from '../problem/testing';
import { type Inputs, multiplierKinds, type Settings, type Solution } from '../solver';
import { optimality } from '../solver/testing';
import { DifferentiableSolver, type Sensitivities } from './index';

interface Experiment {
  readonly solver: DifferentiableSolver;
  readonly inputs: Inputs;
  readonly solution: Solution;
  readonly sensitivities: Sensitivities;
  readonly settings: Partial<Settings>;
}

function experiment(recipe: Recipe, backend: Backend, settings: Partial<Settings>): Experiment {
  const { problem, parameters } = build(recipe);
  const solver = DifferentiableSolver.compile(problem, {}, backend.load);
  const inputs = { parameters, initial: new Float64Array(problem.states.length).fill(Number.NaN) };
  const solution = solver.solve(inputs, settings);
  return { solver, inputs, solution, sensitivities: solver.sensitivities(), settings };
}

/** Everything a solution consists of, in one list. */
function everything({ x, u, costates, objective, constraints }: Solution): number[] {
  const multipliers = constraints.flatMap((constraint) =>
    multiplierKinds.flatMap((kind) => [...(constraint[kind] ?? [])]),
  );
  return [...x, ...u, ...costates, objective, ...multipliers];
}

/** Column j of the derivatives, in the same order. */
function column({ dx, du, dcostates, dobjective, dconstraints, columns }: Sensitivities, j: number): number[] {
  const multipliers = dconstraints.flatMap((constraint) =>
    multiplierKinds.map((kind) => constraint[kind] ?? new Float64Array()),
  );
  return [dx, du, dcostates, dobjective, ...multipliers].flatMap((matrix) => [
    ...matrix.filter((_, i) => i % columns.length === j),
  ]);
}

/** The inputs with what column j stands for moved by this much. */
function moved({ solver, inputs, solution, sensitivities }: Experiment, j: number, by: number): Inputs {
  const { parameters, states } = solver.problem;
  if (j < parameters.length) return { ...inputs, parameters: inputs.parameters.map((p, i) => (i === j ? p + by : p)) };
  const state = states.findIndex(({ name }) => `x0.${name}` === sensitivities.columns[j]);
  return { ...inputs, initial: inputs.initial.map((value, i) => (i === state ? solution.x[i] + by : value)) };
}

interface Differences {
  readonly values: readonly number[];
  /** How far these may be off. */
  readonly error: number;
}

/** Central differences of fourth order of solutions found afresh; null where a search ends elsewhere or nowhere. */
function differences(at: Experiment, j: number, h: number): Differences | null {
  const { solver, solution, settings } = at;
  const all = [-2, -1, 1, 2].map((steps) => solver.solve(moved(at, j, steps * h), settings, { guess: solution }));
  if (all.some(({ status }) => status !== 'converged')) return null;
  if (all.some(({ x, u }) => distance([...x, ...u], [...solution.x, ...solution.u]) > 300 * h)) return null;
  const [behind2, behind, ahead, ahead2] = all.map(everything);
  const second = ahead.map((value, i) => (value - behind[i]) / (2 * h));
  const values = second.map((value, i) => (4 * value - (ahead2[i] - behind2[i]) / (4 * h)) / 3);
  // The error of second order is seen; that of fourth order is its square.
  const seen = distance(second, values);
  return seen > 3e-3 ? null : { values, error: 1e-6 + 100 * seen ** 2 };
}

const some = recipes({ N: fc.integer({ min: 1, max: 4 }) });
const few = recipes({
  nx: fc.constantFrom(1, 2),
  nu: fc.constant(1),
  N: fc.constantFrom(1, 2),
  substeps: fc.constant(1),
});
const wells = recipes({ shape: fc.constant('wells'), N: fc.integer({ min: 1, max: 3 }) });
const given = recipes({
  nx: fc.constant(3),
  N: fc.integer({ min: 1, max: 4 }),
  initial: fc.constantFrom('fixed', 'mixed'),
});
const [interpreter, wasm] = backends;

describe('forward sensitivities', () => {
  it.each([
    ['random problems', some, wasm, 80],
    ['problems that are not convex', wells, wasm, 30],
    ['small problems, interpreted', few, interpreter, 4],
  ] as const)('are the differences of solutions along the central path of %s', (_, recipe, backend, numRuns) => {
    const moving = new Set<string>();
    let compared = 0;
    fc.assert(
      fc.property(recipe, (drawn) => {
        const at = experiment(drawn, backend, { tolerance: 1e-11, tau: 1e-3 });
        fc.pre(at.solution.status === 'converged');
        const { columns, valid, residual } = at.sensitivities;
        expect(valid).toBe(true);
        // Where constraints almost contradict each other the numbers are as good as they say.
        if (residual > 1e-9) return;
        columns.forEach((name, j) => {
          const expected = differences(at, j, 1e-4);
          if (expected === null) return;
          expect(distance(column(at.sensitivities, j), expected.values), name).toBeLessThan(expected.error);
          compared++;
          if (largest(expected.values) > 1e-3) moving.add(name);
        });
      }),
      { numRuns },
    );
    expect(compared).toBeGreaterThan(3 * numRuns);
    // Every place of a parameter has been seen to matter.
    if (backend === wasm) expect(places.filter((place) => !moving.has(place))).toEqual(['idle']);
  });

  it('are the differences of solutions where no side is near a change of the active set', () => {
    let compared = 0;
    fc.assert(
      fc.property(some, (drawn) => {
        const at = experiment(drawn, wasm, { tolerance: 1e-11 });
        const { solver, inputs, solution, sensitivities } = at;
        fc.pre(solution.status === 'converged' && optimality(solver.problem, inputs, solution).margin > 0.03);
        expect(sensitivities.valid).toBe(true);
        if (sensitivities.residual > 1e-9) return;
        sensitivities.columns.forEach((name, j) => {
          const expected = differences(at, j, 1e-4);
          if (expected === null) return;
          expect(distance(column(sensitivities, j), expected.values), name).toBeLessThan(expected.error);
          compared++;
        });
      }),
      { numRuns: 50 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  it('by a parameter of the initial state go through the initial state, and only where that is not given', () => {
    const parameter = places.indexOf('initial');
    fc.assert(
      fc.property(given, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), (recipe, replaced) => {
        const { solver, inputs, solution } = experiment(recipe, wasm, {});
        const { graph, states, parameters } = solver.problem;
        const initial = inputs.initial.map((value, i) =>
          replaced[i] && states[i].initial !== null ? solution.x[i] : value,
        );
        fc.pre(solver.solve({ ...inputs, initial }, { tau: 1e-3 }).status === 'converged');
        const sensitivities = solver.sensitivities();
        const expected = column(sensitivities, parameter).map(() => 0);
        states.forEach((state, i) => {
          if (state.initial === null || !Number.isNaN(initial[i])) return;
          const [rate] = derivatives(
            graph,
            [state.initial],
            [parameters[parameter].symbol],
            pointOf(solver, inputs),
          )[0];
          const through = column(sensitivities, sensitivities.columns.indexOf(`x0.${state.name}`));
          through.forEach((value, m) => {
            expected[m] += rate * value;
          });
        });
        expect(distance(column(sensitivities, parameter), expected)).toBeLessThan(1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('name their columns: the parameters, then the initial states that are fixed', () => {
    fc.assert(
      fc.property(some, (recipe) => {
        const { solver, sensitivities } = experiment(recipe, wasm, {});
        const { parameters, states } = solver.problem;
        const fixed = states.filter(({ initial }) => initial !== null).map(({ name }) => `x0.${name}`);
        expect(sensitivities.columns).toEqual([...parameters.map(({ name }) => name), ...fixed]);
        expect(largest(column(sensitivities, places.indexOf('idle')))).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});

function pointOf({ problem }: DifferentiableSolver, { parameters }: Inputs): Map<Node, number> {
  return new Map(problem.parameters.map(({ symbol }, j) => [symbol, parameters[j]]));
}
