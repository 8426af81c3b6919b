import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Graph } from '../expression';
import { noChoice, type Problem } from '../problem';
import { build, distance, recipes } from '../problem/testing';
import { compileSolver, defaultMethod, type Inputs, type MethodOptions, type Solution, type Trajectory } from './index';
import { optimality } from './testing';

const sqp = (options: Partial<MethodOptions> = {}): MethodOptions => ({ ...defaultMethod, method: 'sqp', ...options });

/**
 * min 2 (x^2 + u^2 - 1) - x on the unit circle (Nocedal & Wright 2006, example 15.4, after Powell): from a point on the
 * circle full Newton steps converge quadratically, and raise both the objective and the violation.
 */
function circle(): Problem {
  const g = new Graph();
  const [x, u] = ['x', 'u'].map((name) => g.symbol(name));
  const [zero, one] = [g.constant(0), g.constant(1)];
  const square = g.add(g.square(x), g.square(u));
  const onCircle = { name: 'circle', expression: square, lower: one, upper: one, from: 0, to: 0, soft: null };
  return {
    graph: g,
    title: '',
    source: '',
    parameters: [],
    states: [{ name: 'x', symbol: x, initial: null, description: '' }],
    controls: [{ name: 'u', symbol: u, description: '' }],
    algebraics: [],
    numbers: [],
    signals: [],
    arrays: [],
    dynamics: { kind: 'discrete', rhs: [zero], algebraic: [] },
    cost: { integral: zero, sum: g.sub(g.mul(g.constant(2), g.sub(square, one)), x), terminal: zero },
    constraints: [onCircle],
    horizon: { duration: one, steps: 1, lengths: null, integrator: 'rk1', substeps: 1, quadrature: 'rectangle' },
    solver: noChoice,
    guess: { states: [{ from: zero, to: zero }], controls: [{ from: zero, to: zero }], algebraics: [] },
  };
}

const none: Inputs = { parameters: new Float64Array(), initial: Float64Array.of(Number.NaN) };

describe('sequential quadratic programming', () => {
  it('takes full steps along a curved constraint, by second-order corrections', () => {
    const solver = compileSolver(circle(), sqp());
    for (const angle of [0.1, 0.3, 0.5]) {
      const guess: Trajectory = {
        x: Float64Array.of(Math.cos(angle), 0),
        u: Float64Array.of(Math.sin(angle)),
      };
      const { status, x, iterations, history } = solver.solve(none, {}, { guess });
      expect(status).toBe('converged');
      expect(x[0]).toBeCloseTo(1, 7);
      expect(iterations).toBeLessThan(10);
      const [, ...taken] = history;
      expect(taken.every(({ stepPrimal }) => stepPrimal === 1)).toBe(true);
      expect(taken.some(({ trials }) => trials === 2)).toBe(true);
    }
  });
});

/** Strictly convex but for what bends them a little, so that there is one solution nearby. */
const kinds = recipes({ shape: fc.constantFrom('quadratic' as const, 'curved' as const) });

const solve = (problem: Problem, options: MethodOptions, inputs: Inputs): Solution =>
  compileSolver(problem, options).solve(inputs);

function expectConditions(problem: Problem, inputs: Inputs, found: Solution): void {
  expect(found.status).toBe('converged');
  const conditions = optimality(problem, inputs, found);
  expect(conditions.stationarity).toBeLessThan(1e-7 * conditions.scale);
  expect(conditions.feasibility).toBeLessThan(1e-7);
  expect(conditions.complementarity).toBeLessThan(1e-7 * conditions.scale);
  expect(conditions.smallest).toBeGreaterThanOrEqual(0);
}

describe('on random problems', () => {
  it.each([
    ['the exact Hessian', sqp()],
    ['mirrored eigenvalues', sqp({ regularize: 'mirror' })],
    ['projected eigenvalues', sqp({ regularize: 'project' })],
  ] as const)('meets the optimality conditions with %s, where the interior point does', (_, options) => {
    let compared = 0;
    fc.assert(
      fc.property(kinds, (recipe) => {
        const { problem, parameters } = build(recipe);
        const inputs = { parameters, initial: new Float64Array(recipe.nx).fill(Number.NaN) };
        const found = solve(problem, options, inputs);
        expectConditions(problem, inputs, found);
        const reference = solve(build(recipe).problem, defaultMethod, inputs);
        if (recipe.shape === 'quadratic') {
          expect(distance([...found.x, ...found.u], [...reference.x, ...reference.u])).toBeLessThan(1e-5);
          compared++;
        }
        expect(distance([found.objective], [reference.objective])).toBeLessThan(1e-6);
      }),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(10);
  });

  it.each([
    ['shifted until it is definite', sqp()],
    ['mirrored', sqp({ regularize: 'mirror' })],
    ['projected', sqp({ regularize: 'project' })],
  ] as const)('meets the conditions where the Hessian is indefinite and is %s', (_, options) => {
    fc.assert(
      fc.property(recipes({ shape: fc.constant('wells' as const) }), (recipe) => {
        const { problem, parameters } = build(recipe);
        const inputs = { parameters, initial: new Float64Array(recipe.nx).fill(Number.NaN) };
        expectConditions(problem, inputs, solve(problem, options, inputs));
      }),
      { numRuns: 40 },
    );
  });
});
