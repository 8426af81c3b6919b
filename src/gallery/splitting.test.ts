/** Operator splitting on linear-quadratic problems: the interior point's solutions, in whatever units rows are written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchSolver } from '../batch';
import type { Problem } from '../problem';
import { build, recipes } from '../problem/testing';
import { compileSolver, defaultMethod, type Inputs, type MethodOptions, type Solution } from '../solver';
import { problemOf } from './testing/compiled';
import { exampleProblem } from './testing/example';

const splitting: MethodOptions = { ...defaultMethod, method: 'admm' };

/** Soft sides beside hard ones, two soft bands, an equality and a free initial state. */
const mixed = `
parameter limit = 1
state x = 2
state v = 0
state w free
control u in [-limit, limit]
dynamics
  x+ = x + 0.2*v + 0.02*u
  v+ = v + 0.2*u
  w+ = 0.9*w + 0.1*u
minimize
  sum (x - 0.2)^2 + 0.1*v^2 + 0.01*u^2 + (w - 0.1)^2
  terminal 10*x^2
subject to
  speed: -0.5 <= v <= 0.5 soft(l1 = 1, l2 = 10)
  slow: -0.7 <= v <= 0.7 soft(l1 = 2, l2 = 5)
  hard: v >= -0.9
  band: x + w >= 0 soft(l1 = 0.5, l2 = 3)
  at end: v == 0
horizon 20 s in 20 steps
`;

const problems: readonly (readonly [string, () => Problem])[] = [
  ...['lqr-unconstrained', 'double-integrator-bounded', 'bounded-lqr-batch', 'moving-reference', 'platoon'].map(
    (name) => [name, () => exampleProblem(name)] as const,
  ),
  ['soft and hard sides of the same rows', () => problemOf(mixed)],
];

function moved(problem: Problem, spread: number, seed: number): Inputs {
  return {
    parameters: Float64Array.from(problem.parameters, ({ value }, p) => value * (1 + spread * Math.sin(seed + 7 * p))),
    initial: Float64Array.from(problem.states, () => Number.NaN),
  };
}

function expectAlike(found: Solution, expected: Solution): void {
  expect(found.status).toBe(expected.status);
  const near = (values: ArrayLike<number>, wanted: ArrayLike<number>): void => {
    const size = Array.from(wanted).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    expect(values.length).toBe(wanted.length);
    for (let i = 0; i < wanted.length; i++) expect(Math.abs(values[i] - wanted[i])).toBeLessThan(1e-6 * size);
  };
  near([found.objective], [expected.objective]);
  for (const part of ['x', 'u', 'costates'] as const) near(found[part], expected[part]);
  found.constraints.forEach(({ name, stages, ...parts }, c) => {
    const other: Readonly<Record<string, unknown>> = { ...expected.constraints[c] };
    expect(other.name).toBe(name);
    expect(other.stages).toEqual(stages);
    for (const [kind, values] of Object.entries(parts)) near(values, other[kind] as ArrayLike<number>);
  });
}

describe('operator splitting', () => {
  it.each(problems)('%s: as the interior point', (_, make) => {
    const byPoint = compileSolver(make());
    const bySplitting = compileSolver(make(), splitting);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 6, noNaN: true }), (seed) => {
        const inputs = moved(byPoint.problem, 0.1, seed);
        expectAlike(bySplitting.solve(inputs), byPoint.solve(inputs));
      }),
      { numRuns: 10 },
    );
  });

  it('solves random problems, redundant equalities and soft sides among them, as the interior point', () => {
    fc.assert(
      fc.property(recipes({ shape: fc.constant('quadratic'), redundant: fc.boolean() }), (recipe) => {
        const { problem, parameters } = build(recipe);
        const inputs = {
          parameters: Float64Array.from(parameters),
          initial: new Float64Array(recipe.nx).fill(Number.NaN),
        };
        const found = compileSolver(problem, splitting).solve(inputs);
        const expected = compileSolver(build(recipe).problem).solve(inputs);
        // Multipliers of redundant equalities are not unique.
        const alike = recipe.redundant ? { constraints: [] } : {};
        expectAlike({ ...found, ...alike }, { ...expected, ...alike });
      }),
      { numRuns: 40 },
    );
  });

  it('goes on from its last solution', () => {
    const solver = compileSolver(exampleProblem('platoon'), splitting);
    const cold = solver.solve(moved(solver.problem, 0, 0));
    const warm = solver.solve(moved(solver.problem, 1e-3, 0), {}, { warm: true });
    expect([cold.status, warm.status]).toEqual(['converged', 'converged']);
    expect(warm.iterations).toBeLessThan(cold.iterations);
  });

  it.each([1e-3, 1e3])('takes the same course where speeds and costs are counted in units of %s', (unit) => {
    const inUnits = (length: number, cost: number): Solution => {
      const text = mixed
        .replace('hard: v >= -0.9', `hard: ${length}*v >= ${-0.9 * length}`)
        .replace('sum (x', `sum ${cost}*((x`)
        .replace('(w - 0.1)^2', '(w - 0.1)^2)')
        .replace('terminal 10', `terminal ${10 * cost}`)
        .replaceAll(/l1 = ([\d.]+), l2 = ([\d.]+)/g, (_, l1, l2) => `l1 = ${l1 * cost}, l2 = ${l2 * cost}`);
      return compileSolver(problemOf(text), splitting).solve({
        parameters: Float64Array.of(1),
        initial: new Float64Array(3).fill(Number.NaN),
      });
    };
    const [here, there] = [inUnits(2, 1), inUnits(2 * unit, 1)];
    expect(there.status).toBe('converged');
    // It ends at an error in the units at hand: up to there the way is the same.
    const course = ({ history }: Solution) =>
      history.flatMap(({ barrier, objective }) => (barrier === 0 ? objective : []));
    const [way, same] = [course(here), course(there)];
    const rounds = Math.min(way.length, same.length);
    expect(rounds).toBeGreaterThan(5);
    for (let i = 0; i < rounds; i++) expect(same[i] / way[i]).toBeCloseTo(1, 6);
    expectAlike({ ...there, constraints: [] }, { ...here, constraints: [] });
    expect(inUnits(2, unit).status).toBe('converged');
  });

  it('leaves problems without a solution to the interior point, which says what cannot be met', () => {
    const impossible = mixed.replace('at end: v == 0', 'at end: v == 5');
    const solver = compileSolver(problemOf(impossible), splitting, undefined, () =>
      compileSolver(problemOf(impossible)),
    );
    const { status } = solver.solve({ parameters: Float64Array.of(1), initial: new Float64Array(3).fill(Number.NaN) });
    expect(['infeasible', 'iteration-limit', 'step-too-small']).toContain(status);
  });

  it('solves batches in lanes', () => {
    const problem = exampleProblem('double-integrator-bounded');
    const all = Array.from({ length: 9 }, (_, seed) => moved(problem, 0.2, seed));
    const byPoint = compileSolver(exampleProblem('double-integrator-bounded'));
    let count = 0;
    for (const { inputs, solution } of BatchSolver.compile(problem, splitting).solve(all)) {
      expectAlike(solution, byPoint.solve(inputs));
      count++;
    }
    expect(count).toBe(9);
  });
});
