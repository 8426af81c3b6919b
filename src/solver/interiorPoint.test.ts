import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Backend, backends } from '../kernel';
import type { Problem } from '../problem';
import { build, distance, Random, type Recipe, recipes } from '../problem/testing';
import { compileSolver, defaultMethod, type Inputs, type Settings, type Solution, type Solver } from './index';
import { optimality } from './testing';

const none = fc.constant(0);
/** Strictly convex: a linear map, or a linear slope integrated. */
const convex = {
  dynamics: fc.constantFrom('discrete' as const, 'rk1' as const, 'rk2' as const, 'rk4' as const),
  shape: fc.constant('quadratic' as const),
  N: fc.integer({ min: 1, max: 8 }),
};
const quadratic = recipes(convex);
const equalityOnly = recipes({ ...convex, inequalities: none, soft: none, redundant: fc.constant(true) });
const crowded = recipes({ ...convex, inequalities: fc.constant(5), soft: fc.constant(4), nu: fc.constant(3) });
const uncontrolled = recipes({ ...convex, nu: none, initial: fc.constantFrom('free', 'mixed') });
const curved = recipes({ shape: fc.constant('curved') });
const wells = recipes({ shape: fc.constant('wells') });
const large = recipes({ nx: fc.constant(10), nu: fc.constant(4), N: fc.constant(4), substeps: fc.constant(1) });

const pinned = recipes({ ...convex, inequalities: none, soft: none, equalities: fc.constant(2) });
const stuck: Omit<Recipe, 'seed' | 'nx' | 'N' | 'initial'> = {
  nu: 1,
  dynamics: 'discrete',
  substeps: 1,
  shape: 'quadratic',
  inequalities: 0,
  soft: 0,
  equalities: 2,
  redundant: false,
};

interface Solved {
  readonly problem: Problem;
  readonly solver: Solver;
  readonly inputs: Inputs;
  readonly solution: Solution;
}

function solve(recipe: Recipe, backend: Backend, settings: Partial<Settings> = {}): Solved {
  const { problem, parameters } = build(recipe);
  const solver = compileSolver(problem, defaultMethod, backend.load);
  const inputs = { parameters, initial: new Float64Array(problem.states.length).fill(Number.NaN) };
  return { problem, solver, inputs, solution: solver.solve(inputs, settings) };
}

/** The conditions hold to the tolerance asked for, in units of the multipliers. */
function expectOptimal({ problem, inputs, solution }: Solved, tolerance: number): void {
  expect(solution.status).toBe('converged');
  const found = optimality(problem, inputs, solution);
  expect(found.stationarity).toBeLessThan(10 * tolerance * found.scale);
  expect(found.feasibility).toBeLessThan(10 * tolerance);
  expect(found.complementarity).toBeLessThan(10 * tolerance * found.scale);
  expect(found.smallest).toBeGreaterThanOrEqual(0);
  expect(distance([solution.objective], [found.objective])).toBeLessThan(1e-11);
}

const trajectory = ({ x, u }: Solution): number[] => [...x, ...u];

describe.each(backends)('the interior point method ($name)', (backend) => {
  const runs = (count: number) => ({ numRuns: backend.name === 'wasm' ? count : Math.ceil(count / 10) });

  it.each([
    ['convex quadratic problems', quadratic, 80],
    ['problems with equalities alone, some of them redundant', equalityOnly, 50],
    ['problems with many constraints', crowded, 30],
    ['problems without controls', uncontrolled, 30],
    ['nonlinear problems', curved, 80],
    ['problems that are not convex', wells, 60],
    ['problems too large to unroll', large, 2],
  ] as const)('finds a point that meets the optimality conditions of %s', (_, recipe, count) => {
    fc.assert(
      fc.property(recipe, fc.constantFrom(null, 1e-2), (drawn, tau) => {
        const solved = solve(drawn, backend, { tau });
        expectOptimal(solved, 1e-8);
        if (tau !== null) expect(solved.solution.tau).toBe(tau);
      }),
      runs(count),
    );
  });
});

const [wasm] = backends.filter(({ name }) => name === 'wasm');

describe('solutions of random problems', () => {
  it('have active and inactive sides, and soft ones that are violated', () => {
    const counts = fc.sample(crowded, { numRuns: 30, seed: 1 }).map((recipe) => {
      const { problem, inputs, solution } = solve(recipe, wasm);
      const violated = solution.constraints.flatMap((c) => [...(c.slackLower ?? []), ...(c.slackUpper ?? [])]);
      return { ...optimality(problem, inputs, solution), violated: violated.filter((e) => e > 1e-3).length };
    });
    expect(counts.filter(({ active }) => active > 0).length).toBeGreaterThan(15);
    expect(counts.filter(({ violated }) => violated > 0).length).toBeGreaterThan(8);
  });

  it('do not depend on where the search starts, if the problem is convex', () => {
    fc.assert(
      fc.property(quadratic, (recipe) => {
        const { solver, inputs, solution } = solve(recipe, wasm);
        const random = new Random(recipe.seed + 1);
        const guess = {
          x: solution.x.map(() => random.uniform(-2, 2)),
          u: solution.u.map(() => random.uniform(-2, 2)),
        };
        const again = solver.solve(inputs, {}, { guess });
        expect(distance(trajectory(again), trajectory(solution))).toBeLessThan(1e-5);
        expect(distance([again.objective], [solution.objective])).toBeLessThan(1e-7);
      }),
      { numRuns: 60 },
    );
  });

  it('are found from the solution before as they are afresh', () => {
    fc.assert(
      fc.property(quadratic, (recipe) => {
        const { solver, inputs, solution } = solve(recipe, wasm);
        const random = new Random(recipe.seed + 1);
        const changed = { ...inputs, parameters: inputs.parameters.map((p) => p + random.uniform(-0.03, 0.03)) };
        const warm = solver.solve(changed, {}, { warm: true });
        const fresh = solver.solve(changed);
        expect([solution, warm, fresh].map(({ status }) => status)).toEqual(Array(3).fill('converged'));
        expectOptimal({ problem: solver.problem, solver, inputs: changed, solution: warm }, 1e-8);
        expect(distance(trajectory(warm), trajectory(fresh))).toBeLessThan(1e-5);
      }),
      { numRuns: 60 },
    );
  });

  it('have costates that are derivatives of the optimal value: between the slopes to either side, as it is convex', () => {
    const steep = 1e-3;
    let compared = 0;
    fc.assert(
      fc.property(recipes({ ...convex, initial: fc.constantFrom('fixed', 'mixed') }), (recipe) => {
        const { solver, problem, inputs, solution } = solve(recipe, wasm);
        problem.states.forEach(({ initial }, i) => {
          if (initial === null) return;
          const moved = (by: number): Solution => {
            const shifted = inputs.initial.slice();
            shifted[i] = solution.x[i] + by;
            return solver.solve({ ...inputs, initial: shifted });
          };
          const [ahead, behind] = [moved(steep), moved(-steep)];
          // A step the constraints leave no room for.
          if ([ahead, behind].some(({ status }) => status !== 'converged')) return;
          const scale = 1 + Math.abs(solution.objective);
          expect(solution.costates[i]).toBeLessThan((ahead.objective - solution.objective) / steep + 1e-4 * scale);
          expect(solution.costates[i]).toBeGreaterThan((solution.objective - behind.objective) / steep - 1e-4 * scale);
          compared++;
        });
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(60);
  });

  // The equality leaves the row nothing to move, while the multiplier of the inequality still has to fall.
  it('are found where an inequality stands on a row that an equality pins', () => {
    fc.assert(
      fc.property(pinned, (recipe) => {
        const { solution } = solve(recipe, wasm);
        expect(solution.status).toBe('converged');
      }),
      { numRuns: 100 },
    );
  });

  // All that is left to change are multipliers, while the direction moves the variables by the rounding of its linear
  // system (1e-11 here): that must not be taken for a violation that grows, from 1e-14.
  it.each([
    { ...stuck, seed: 342900, nx: 1, N: 8, initial: 'mixed' as const },
    { ...stuck, seed: 238664, nx: 3, N: 5, initial: 'fixed' as const },
    { ...stuck, seed: 727626, nx: 3, N: 6, initial: 'fixed' as const, substeps: 3 },
  ])('are found where the constraints are met but for rounding, seed $seed', (recipe) => {
    expect(solve(recipe, wasm).solution.status).toBe('converged');
  });
});
