import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elastic } from '../problem';
import { build, distance, Random, type Recipe, recipes } from '../problem/testing';
import { compileSolver, type Inputs, type MethodOptions, methodOf, type Solution } from '../solver';
import { type BatchSettings, BatchSolver } from '.';

const tolerance = 1e-10;
const convex = { shape: fc.constant('quadratic' as const), N: fc.integer({ min: 1, max: 8 }) };
const quadratic = recipes(convex);
/** Terminal equalities with fewer controls than they need: no point meets them. */
const unreachable = recipes({ ...convex, nu: fc.constant(0), inequalities: fc.constant(5), soft: fc.constant(0) });

/** The recipe's problem at `count` values of its parameters. */
function instances(recipe: Recipe, count: number, spread = 0.2): Inputs[] {
  const { problem, parameters } = build(recipe);
  const random = new Random(recipe.seed + 1);
  return Array.from({ length: count }, () => ({
    parameters: parameters.map((value) => value * (1 + spread * random.uniform(-1, 1))),
    initial: new Float64Array(problem.states.length).fill(Number.NaN),
  }));
}

interface Compared {
  readonly together: readonly Solution[];
  readonly alone: readonly Solution[];
}

function compare(
  recipe: Recipe,
  count: number,
  settings: BatchSettings,
  options: Partial<MethodOptions> = {},
): Compared {
  const all = instances(recipe, count);
  const together: Solution[] = [];
  for (const { index, inputs, solution } of BatchSolver.compile(build(recipe).problem, options).solve(all, settings)) {
    expect(inputs).toBe(all[index]);
    expect(together[index]).toBeUndefined();
    together[index] = solution;
  }
  const { problem } = build(recipe);
  const solver = compileSolver(problem, methodOf(problem, options), undefined, () => compileSolver(elastic(problem)));
  const limits = options.method === 'rti' ? { maxIterations: 1 } : {};
  return { together, alone: all.map((inputs) => solver.solve(inputs, { ...settings, ...limits })) };
}

function expectAlike({ together, alone }: Compared): void {
  expect(together.map(({ status, message }) => [status, message])).toEqual(
    alone.map(({ status, message }) => [status, message]),
  );
  alone.forEach(({ x, u, costates, status }, i) => {
    if (status !== 'converged') return;
    expect(distance(together[i].x, x)).toBeLessThan(1e-8);
    expect(distance(together[i].u, u)).toBeLessThan(1e-8);
    expect(distance(together[i].costates, costates)).toBeLessThan(1e-8);
  });
}

describe('a batch', () => {
  it('has one answer for each instance, that of the solver alone', () => {
    fc.assert(
      fc.property(quadratic, fc.integer({ min: 0, max: 7 }), (recipe, count) =>
        expectAlike(compare(recipe, count, { tolerance })),
      ),
      { numRuns: 25 },
    );
  });

  it.each([1, 2] as const)('has the same answers however many instances go at once: %s', (lanes) => {
    fc.assert(
      fc.property(quadratic, (recipe) => {
        const [problem, all] = [build(recipe).problem, instances(recipe, 4)];
        const [chosen, asked] = [undefined, lanes].map((count) => {
          const solutions: Solution[] = [];
          for (const { index, solution } of BatchSolver.compile(problem, {}, count).solve(all, { tolerance }))
            solutions[index] = solution;
          return solutions;
        });
        expectAlike({ together: asked, alone: chosen });
      }),
      { numRuns: 6 },
    );
  });

  it('says of instances without a solution what the solver alone says', () => {
    const statuses = new Set<string>();
    fc.assert(
      fc.property(unreachable, (recipe) => {
        const compared = compare(recipe, 3, { tolerance });
        expectAlike(compared);
        for (const { status } of compared.together) statuses.add(status);
      }),
      { numRuns: 12 },
    );
    expect([...statuses]).toContain('infeasible');
  });

  it.each([{ method: 'sqp' }, { method: 'rti' }] as const)('goes by the method asked for: $method', (options) => {
    fc.assert(
      fc.property(quadratic, (recipe) => expectAlike(compare(recipe, 3, { tolerance }, options))),
      { numRuns: 6 },
    );
  });

  it('keeps to the limit of iterations', () => {
    fc.assert(
      fc.property(quadratic, (recipe) => {
        const { together, alone } = compare(recipe, 3, { tolerance, maxIterations: 2 });
        expect(together.map(({ status, iterations }) => [status, iterations])).toEqual(
          alone.map(({ status, iterations }) => [status, iterations]),
        );
      }),
      { numRuns: 6 },
    );
  });

  it('finds the same from a neighbour as from the guess, in fewer iterations', () => {
    const total = { warm: 0, cold: 0 };
    fc.assert(
      fc.property(quadratic, (recipe) => {
        const { problem } = build(recipe);
        const near = instances(recipe, 8, 1e-4);
        const batch = BatchSolver.compile(problem);
        const cold = [...batch.solve(near, { tolerance })];
        const warm = [...batch.solve(near, { tolerance, warm: true })];
        for (const { index, solution } of cold) {
          const again = warm.find((ended) => ended.index === index)?.solution;
          if (solution.status !== 'converged' || !again) continue;
          expect(again.status).toBe('converged');
          expect(distance(again.x, solution.x)).toBeLessThan(1e-5);
          total.cold += solution.iterations;
          total.warm += again.iterations;
        }
      }),
      { numRuns: 10 },
    );
    expect(total.warm).toBeLessThan(total.cold);
  });

  it('may be left in the middle, and begun anew', () => {
    fc.assert(
      fc.property(quadratic, (recipe) => {
        const batch = BatchSolver.compile(build(recipe).problem);
        const all = instances(recipe, 5);
        const whole = [...batch.solve(all, { tolerance })];
        for (const first of batch.solve(all, { tolerance })) {
          expect(first.solution.x).toEqual(whole[0].solution.x);
          break;
        }
        const again = [...batch.solve(all, { tolerance })];
        expect(again.map(({ index, solution }) => [index, solution.status])).toEqual(
          whole.map(({ index, solution }) => [index, solution.status]),
        );
      }),
      { numRuns: 5 },
    );
  });

  it('goes on with what was compiled elsewhere, and compiles only where an instance fails', () => {
    const counted = { adopted: 0, compiled: 0 };
    const property = (recipe: Recipe): void => {
      const first = BatchSolver.compile(build(recipe).problem);
      let compiled = 0;
      const second = BatchSolver.adopt(structuredClone(first.code), () => {
        compiled++;
        return BatchSolver.compile(build(recipe).problem);
      });
      const all = instances(recipe, 4);
      const [a, b] = [first, second].map((batch) => [...batch.solve(all)].map(({ solution }) => solution));
      expect(b).toEqual(a);
      expect(compiled).toBe(a.every(({ status }) => status === 'converged') ? 0 : 1);
      counted.adopted++;
      counted.compiled += compiled;
    };
    fc.assert(fc.property(quadratic, property), { numRuns: 4 });
    fc.assert(fc.property(unreachable, property), { numRuns: 12 });
    expect(counted.compiled).toBeGreaterThan(0);
    expect(counted.compiled).toBeLessThan(counted.adopted);
  });
});
