import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchSolver } from '../batch';
import { build, type Recipe, recipes } from '../problem/testing';
import type { Solution } from '../solver';
import {
  type ClosedLoop,
  type ClosedLoopOptions,
  closedLoop,
  makePlant,
  ocpLayer,
  type PlantOptions,
  type Scenario,
} from './index';
import { differences, relativeDistance } from './testing/differences';

const SAMPLES = 5;
const settings = { tolerance: 1e-11 };
const tuned = ['stageCost', 'terminalCost', 'dynamics', 'bound'];
const some = recipes({
  nx: fc.integer({ min: 1, max: 2 }),
  N: fc.integer({ min: 2, max: 4 }),
  initial: fc.constant('fixed'),
  equalities: fc.constant(0),
  inequalities: fc.nat(1),
});

interface Made {
  readonly loop: ClosedLoop;
  readonly theta: Float64Array;
  readonly scenarios: readonly Scenario[];
}

/** The recipe's problem controls a plant whose parameters are 5 % off. */
function make(recipe: Recipe, options: Partial<ClosedLoopOptions> = {}, plantOptions: PlantOptions = {}): Made {
  const { problem, parameters, planted } = build(recipe);
  const made = makePlant(problem, { parameters: parameters.map((value) => 1.05 * value), ...plantOptions });
  if (!made.ok) throw new Error(made.message);
  const noise = problem.states.map(() => 0.01);
  const found = closedLoop(problem, made.plant, {
    tuned,
    samples: SAMPLES,
    settings,
    disturbance: noise,
    noise,
    ...options,
  });
  if (!found.ok) throw new Error(found.message);
  const theta = Float64Array.from(tuned, (name) => parameters[problem.parameters.findIndex((p) => p.name === name)]);
  const initial = planted.x[0];
  const scenarios = [1, 2].map((seed) => ({ initial: initial.map((value) => value + 0.02 * seed), seed }));
  return { loop: found.loop, theta, scenarios };
}

describe('the gradient of what a closed loop costs', () => {
  it.each([
    ['with full solutions', {}],
    ['with smoothed ones', { tau: 1e-3 }],
  ])('is that of finite differences %s', (_, options) => {
    let compared = 0;
    fc.assert(
      fc.property(some, (recipe) => {
        const { loop, theta, scenarios } = make(recipe, options, { penalty: 10 });
        const run = loop.run(theta, scenarios);
        const { gradient, masked, doubtful } = run.gradient();
        if (run.failed + masked + doubtful > 0) return;
        const reference = differences((point) => loop.run(point, scenarios).cost, theta, 1e-3);
        if (reference.seen > 1e-4) return;
        compared++;
        expect(relativeDistance(gradient, reference.gradient)).toBeLessThan(1e-6 + 100 * reference.seen ** 2);
      }),
      { numRuns: 10 },
    );
    expect(compared).toBeGreaterThan(3);
  });

  it('goes past samples at which the last control was held', () => {
    let compared = 0;
    fc.assert(
      fc.property(some, (recipe) => {
        const batch = BatchSolver.compile(build(recipe).problem);
        let sample = 0;
        const { loop, theta, scenarios } = make(recipe, {
          solve: (instances, given) => {
            const lost = sample++ % SAMPLES === 2;
            const solutions: Solution[] = [];
            for (const { index, solution } of batch.solve(
              instances.map(({ inputs }) => inputs),
              given,
            ))
              solutions[index] = lost ? { ...solution, status: 'infeasible' } : solution;
            return solutions;
          },
        });
        const run = loop.run(theta, scenarios);
        const { gradient, masked, doubtful } = run.gradient();
        if (run.failed !== scenarios.length || doubtful > 0) return;
        expect(masked).toBe(scenarios.length);
        const { nu } = loop.plant;
        for (const u of run.u) expect(u.subarray(2 * nu, 3 * nu)).toEqual(u.subarray(nu, 2 * nu));
        const reference = differences((point) => loop.run(point, scenarios).cost, theta, 1e-3);
        if (reference.seen > 1e-4) return;
        compared++;
        expect(relativeDistance(gradient, reference.gradient)).toBeLessThan(1e-6 + 100 * reference.seen ** 2);
      }),
      { numRuns: 6 },
    );
    expect(compared).toBeGreaterThan(1);
  });
});

describe('a closed loop', () => {
  it('is the same for the same seed, and another for another', () => {
    fc.assert(
      fc.property(some, (recipe) => {
        const { loop, theta, scenarios } = make(recipe);
        const run = loop.run(theta, scenarios);
        expect(loop.run(theta, scenarios).x).toEqual(run.x);
        const others = scenarios.map(({ initial, seed }) => ({ initial, seed: seed + 10 }));
        expect(loop.run(theta, others).x).not.toEqual(run.x);
      }),
      { numRuns: 3 },
    );
  });

  it('goes where the controller predicts if the plant is the model and nothing disturbs', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        recipes({ initial: fc.constant('fixed'), dynamics: fc.constantFrom('discrete', 'rk4') }),
        (recipe) => {
          const { problem, parameters } = build(recipe);
          const exact = { parameters, substeps: recipe.substeps };
          const { loop, theta, scenarios } = make(recipe, { disturbance: [], noise: undefined, samples: 1 }, exact);
          const run = loop.run(theta, scenarios);
          const layer = ocpLayer(problem, { inputs: ['x0'], outputs: ['x', 'u0'], settings });
          if (!layer.ok) throw new Error(layer.message);
          const predicted = layer.layer.forward(
            Float64Array.from(scenarios.flatMap(({ initial }) => Array.from(initial))),
          );
          if (predicted.failed > 0) return;
          compared++;
          const { nx } = loop.plant;
          scenarios.forEach((_, r) => {
            const from = r * layer.layer.width('x') + nx;
            const next = predicted.outputs.x.subarray(from, from + nx);
            expect(relativeDistance(run.x[r].subarray(nx), next)).toBeLessThan(1e-7);
          });
        },
      ),
      { numRuns: 8 },
    );
    expect(compared).toBeGreaterThan(4);
  });
});

describe('what cannot be simulated', () => {
  const recipe = fc.sample(some, { numRuns: 1, seed: 2 })[0];
  const { problem } = build(recipe);
  const plant = () => {
    const made = makePlant(problem);
    if (!made.ok) throw new Error(made.message);
    return made.plant;
  };
  const message = (result: { ok: true } | { ok: false; message: string }) => (result.ok ? '' : result.message);

  it('is refused in words', () => {
    const free = { ...problem, states: problem.states.map((state) => ({ ...state, initial: null })) };
    expect(message(closedLoop(free, plant(), { tuned, samples: 1 }))).toMatch(/free at the start/);
    const renamed = { ...problem, states: problem.states.map((state) => ({ ...state, name: `my ${state.name}` })) };
    expect(message(closedLoop(renamed, plant(), { tuned, samples: 1 }))).toMatch(/must be the same/);
    const lengths = Array.from({ length: problem.horizon.steps }, () => problem.graph.constant(1));
    expect(message(makePlant({ ...problem, horizon: { ...problem.horizon, lengths } }))).toMatch(/equal length/);
    const signal = { name: 's', symbol: problem.graph.symbol('s'), values: [] };
    expect(message(makePlant({ ...problem, signals: [signal] }))).toMatch(/signals/);
  });
});
