import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Objective } from '../descent';
import { byDifferences } from './finiteDifferences';
import { randomSearch } from './randomSearch';

/** A bowl in the logarithms of two positive parameters, lowest at `lowest`. */
function bowl(lowest: readonly number[]): Objective {
  return (theta) => ({
    loss: theta.reduce((sum, value, j) => sum + Math.log(value / lowest[j]) ** 2, 0),
    failed: 0,
    slope: () => {
      throw new Error('there is none');
    },
  });
}

const points = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 2, maxLength: 2 });

it('random search never gets worse, and gets close', async () => {
  await fc.assert(
    fc.asyncProperty(points, points, fc.nat(), async (start, lowest, seed) => {
      let before = Number.POSITIVE_INFINITY;
      for await (const { loss, step, work } of randomSearch(bowl(lowest), start, 0.1, seed)) {
        expect(loss).toBeLessThanOrEqual(before);
        expect(work).toBe(step + 1);
        before = loss;
        if (step === 300) break;
      }
      expect(before).toBeLessThan(1e-3);
    }),
    { numRuns: 20 },
  );
});

it('finite differences of a bowl are its gradient', async () => {
  await fc.assert(
    fc.asyncProperty(points, points, async (point, lowest) => {
      const { gradient } = await (await byDifferences(bowl(lowest))(Float64Array.from(point))).slope();
      point.forEach((value, j) => {
        expect(gradient[j]).toBeCloseTo((2 * Math.log(value / lowest[j])) / value, 4);
      });
    }),
  );
});
