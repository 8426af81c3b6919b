import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { build, recipes } from '../problem/testing';
import { demonstrate, imitation, ocpLayer, type SolveBatch } from './index';
import { relativeDistance } from './testing/differences';

const recipe = fc.sample(recipes({ initial: fc.constant('fixed'), inequalities: fc.constant(0) }), {
  numRuns: 1,
  seed: 9,
})[0];
const { problem, planted } = build(recipe);
const inputs = ['stageCost', 'terminalCost', 'x0'];
const initial = [0.9, 1, 1.1].map((share) => planted.x[0].map((value) => share * value));
const theta = Float64Array.of(1.5, 0.7);

function layerWith(solve?: SolveBatch) {
  const made = ocpLayer(problem, {
    inputs,
    outputs: ['x', 'u'],
    settings: { tolerance: 1e-11 },
    ...(solve && { solve }),
  });
  if (!made.ok) throw new Error(made.message);
  return made.layer;
}

const whole = layerWith();
const { demonstrations, failed } = demonstrate(whole, [1, 1], initial);
const objective = imitation(whole, demonstrations);

describe('imitation', () => {
  it('is zero where the expert is, and more elsewhere', async () => {
    expect(failed).toBe(0);
    expect((await objective(Float64Array.of(1, 1))).loss).toBeLessThan(1e-16);
    expect((await objective(theta)).loss).toBeGreaterThan(1e-6);
  });

  it('of batches is on the average that of all', async () => {
    const all = await objective(theta);
    const single = await Promise.all(initial.map((_, i) => objective(theta, [i])));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(single.map(({ loss }) => loss)) / all.loss).toBeCloseTo(1, 8);
    const slopes = await Promise.all(single.map(async (each) => (await each.slope()).gradient));
    const expected = theta.map((_, j) => mean(slopes.map((gradient) => gradient[j])));
    expect(relativeDistance(expected, (await all.slope()).gradient)).toBeLessThan(1e-8);
  });

  it('is that of the samples with a solution, and not a number where there is none', async () => {
    const broken = (lost: readonly number[]) =>
      imitation(
        layerWith((instances) => {
          const { solutions } = whole.forward(
            Float64Array.from(instances.flatMap((_, i) => [...theta, ...initial[i]])),
          );
          return solutions.map((solution, i) => (lost.includes(i) ? { ...solution, status: 'infeasible' } : solution));
        }),
        demonstrations,
      )(theta);
    const two = await broken([1]);
    const others = await objective(theta, [0, 2]);
    expect(two.failed).toBe(1);
    expect(two.loss / others.loss).toBeCloseTo(1, 8);
    const slope = await two.slope();
    expect(slope.masked).toBe(1);
    expect(relativeDistance(slope.gradient, (await others.slope()).gradient)).toBeLessThan(1e-8);
    const none = await broken([0, 1, 2]);
    expect(none.loss).toBeNaN();
    expect([...(await none.slope()).gradient]).toEqual([0, 0]);
  });
});
