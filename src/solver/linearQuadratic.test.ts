import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Graph } from '../expression';
import { type Backend, backends } from '../kernel';
import { discretise, noChoice, type Problem } from '../problem';
import { build, distance, type Recipe, recipes } from '../problem/testing';
import { compileSolver, defaultMethod, type Inputs, type Settings, type Solution, type Solver } from './index';
import { isLinearQuadratic } from './linearQuadratic';
import { optimality } from './testing';

const convex = {
  dynamics: fc.constantFrom('discrete' as const, 'rk1' as const, 'rk4' as const),
  shape: fc.constant('quadratic' as const),
  N: fc.integer({ min: 1, max: 8 }),
};
const quadratic = recipes(convex);
const crowded = recipes({ ...convex, inequalities: fc.constant(5), soft: fc.constant(4), nu: fc.constant(3) });
const hardOnly = recipes({ ...convex, soft: fc.constant(0), equalities: fc.constant(0), inequalities: fc.constant(4) });
const large = recipes({ ...convex, nx: fc.constant(10), nu: fc.constant(3), N: fc.constant(4) });
const [wasm] = backends.filter(({ name }) => name === 'wasm');
const others = backends.filter(({ name }) => name !== 'wasm' && name !== 'interpreter');

interface Solved {
  readonly solver: Solver;
  readonly inputs: Inputs;
  readonly solution: Solution;
}

function solveProblem(
  problem: Problem,
  parameters: Float64Array,
  backend: Backend,
  settings: Partial<Settings>,
): Solved {
  const solver = compileSolver(problem, defaultMethod, backend.load);
  const inputs = { parameters, initial: new Float64Array(problem.states.length).fill(Number.NaN) };
  return { solver, inputs, solution: solver.solve(inputs, settings) };
}

function solve(recipe: Recipe, backend: Backend = wasm, settings: Partial<Settings> = {}): Solved {
  const { problem, parameters } = build(recipe);
  return solveProblem(problem, parameters, backend, settings);
}

const isStillThere = ({ solver }: Solved): boolean => solver.executable.buffer('linearQuadratic.active')[0] === 1;

/** x+ = x + u from x = 1/2 over three steps at the cost x^2 - 3 u^2, -1 <= u <= 1: concave, solved at a corner. */
function concave(): Problem {
  const g = new Graph();
  const [x, u] = [g.symbol('x'), g.symbol('u')];
  const [zero, one] = [g.constant(0), g.constant(1)];
  const guess = { from: zero, to: g.constant(0.1) };
  return {
    graph: g,
    title: '',
    source: '',
    parameters: [],
    states: [{ name: 'x', symbol: x, initial: g.constant(0.5), description: '' }],
    controls: [{ name: 'u', symbol: u, description: '' }],
    algebraics: [],
    numbers: [],
    signals: [],
    arrays: [],
    dynamics: { kind: 'discrete', rhs: [g.add(x, u)], algebraic: [] },
    cost: { integral: zero, sum: g.sub(g.square(x), g.mul(g.constant(3), g.square(u))), terminal: zero },
    constraints: [{ name: 'force', expression: u, lower: g.constant(-1), upper: one, from: 0, to: 2, soft: null }],
    horizon: { duration: one, steps: 3, lengths: null, integrator: 'rk1', substeps: 1, quadrature: 'rectangle' },
    solver: noChoice,
    guess: { states: [guess], controls: [guess], algebraics: [] },
  };
}

describe('linear-quadratic problems', () => {
  it('are known by their derivatives', () => {
    const known = (recipe: Recipe): boolean => isLinearQuadratic(discretise(build(recipe).problem));
    fc.assert(
      fc.property(quadratic, (recipe) => {
        expect(known(recipe)).toBe(true);
        expect(known({ ...recipe, shape: 'curved' })).toBe(false);
        expect(known({ ...recipe, shape: 'wells' })).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['with constraints of every kind', quadratic, 60],
    ['with many constraints', crowded, 30],
    ['in tiles', large, 5],
  ] as const)('are solved by predictors and correctors alone, %s', (_, recipe, count) => {
    fc.assert(
      fc.property(recipe, fc.constantFrom(null, 1e-2), (drawn, tau) => {
        const solved = solve(drawn, wasm, { tau });
        expect(solved.solution.status).toBe('converged');
        expect(isStillThere(solved)).toBe(true);
      }),
      { numRuns: count },
    );
  });

  it('have at every iterate the objective that the iterate has', () => {
    fc.assert(
      fc.property(hardOnly, (recipe) => {
        const { solver, inputs, solution } = solve(recipe, wasm, { keepIterates: true });
        solution.history.forEach(({ objective }, i) => {
          const there = optimality(solver.problem, inputs, { ...solution, ...solution.iterates[i] });
          expect(distance([objective], [there.objective])).toBeLessThan(1e-9);
        });
        expect(solution.history.length).toBeGreaterThan(2);
      }),
      { numRuns: 40 },
    );
  });

  it.each(others)('have the same solution in $name', (backend) => {
    fc.assert(
      fc.property(fc.oneof(hardOnly, large), (recipe) => {
        const [{ solution }, { solution: other }] = [solve(recipe), solve(recipe, backend)];
        expect(other.iterations).toBe(solution.iterations);
        expect(distance([...other.x, ...other.u], [...solution.x, ...solution.u])).toBeLessThan(1e-10);
      }),
      { numRuns: 6 },
    );
  });

  it('are left to the general method where they are not convex', () => {
    const problem = concave();
    const solved = solveProblem(problem, new Float64Array(0), wasm, {});
    const { solution, inputs } = solved;
    expect(isStillThere(solved)).toBe(false);
    expect(solution.status).toBe('converged');
    const found = optimality(problem, inputs, solution);
    expect(Math.max(found.stationarity, found.feasibility, found.complementarity)).toBeLessThan(1e-7);
    expect([...solution.u].map((value) => Math.abs(value).toFixed(6))).toEqual(['1.000000', '1.000000', '1.000000']);
  });
});
