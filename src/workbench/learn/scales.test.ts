import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Range } from '../plots/axis';
import { held } from './scales';

const ranges: fc.Arbitrary<Range> = fc
  .tuple(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.double({ min: 1, max: 1e3, noNaN: true }))
  .map(([low, length]) => ({ low, high: low + length }));

it('ends that are held have room for what is needed, and stay where they have had it', () => {
  fc.assert(
    fc.property(ranges, ranges, (before, needed) => {
      const ends = held(before, needed);
      expect(ends.low).toBeLessThanOrEqual(needed.low);
      expect(ends.high).toBeGreaterThanOrEqual(needed.high);
      expect(held(ends, needed)).toEqual(ends.high - ends.low > 2 * (needed.high - needed.low) ? needed : ends);
      expect(held(undefined, needed)).toEqual(needed);
    }),
  );
});

it('ends that grow little by little seldom move', () => {
  let [ends, moves] = [{ low: 0, high: 1 }, 0];
  for (let high = 1; high < 100; high += 0.5) {
    const next = held(ends, { low: 0, high });
    if (next !== ends) moves++;
    ends = next;
  }
  expect(moves).toBeLessThan(25);
});
