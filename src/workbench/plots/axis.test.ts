import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extent, grown, padded, scaleTicks, tickStep, ticks } from './axis';

const value = fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((x) => (Math.abs(x) < 1e-9 ? 0 : x));
const range = fc
  .tuple(value, value)
  .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }))
  .filter(({ low, high }) => high - low > 1e-6 * Math.max(Math.abs(low), Math.abs(high)) && high - low > 1e-12);

describe('ticks', () => {
  it('lie in the range, evenly, at round numbers, and are about as many as asked for', () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 2, max: 10 }), ({ low, high }, count) => {
        const found = ticks({ low, high }, count);
        const step = tickStep((high - low) / count);
        const slack = 1e-6 * step;
        expect(found.length).toBeLessThanOrEqual(count + 1);
        expect(found.length).toBeGreaterThanOrEqual(Math.floor((high - low) / step));
        found.forEach((tick, i) => {
          expect(tick).toBeGreaterThanOrEqual(low - slack);
          expect(tick).toBeLessThanOrEqual(high + slack);
          if (i > 0) expect(Math.abs(tick - (found[i - 1] ?? 0) - step)).toBeLessThan(1e-5 * step);
        });
      }),
    );
  });

  it('give a scale: at least two of them', () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 3, max: 10 }), (shown, count) => {
        expect(scaleTicks(shown, count).length).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  it('are none in an empty range', () => expect(ticks({ low: 1, high: 1 }, 4)).toEqual([]));
});

describe('tickStep', () => {
  it('is 1, 2 or 5 times a power of ten, and at most two and a half times what is asked for', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (least) => {
        const step = tickStep(least);
        expect(['1', '2', '5']).toContain(step.toExponential(6).replace(/\.0+e.*/, ''));
        expect(step / least).toBeGreaterThan(1 - 1e-6);
        expect(step / least).toBeLessThan(2.5 + 1e-6);
      }),
    );
  });
});

describe('extent and padded', () => {
  it('hold every finite value, with room', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(value, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY))), (values) => {
        const finite = values.filter(Number.isFinite);
        const found = extent(values);
        if (finite.length === 0) {
          expect(found).toBeNull();
          return;
        }
        if (!found) throw new Error('no extent');
        expect(found).toEqual({ low: Math.min(...finite), high: Math.max(...finite) });
        const drawn = padded(found);
        expect(drawn.low).toBeLessThan(found.low);
        expect(drawn.high).toBeGreaterThan(found.high);
      }),
    );
  });
});

describe('grown', () => {
  it('holds both ranges, stays where it can, and has room to spare where it cannot', () => {
    fc.assert(
      fc.property(range, range, (held, wanted) => {
        const found = grown(held, wanted);
        expect(found.low).toBeLessThanOrEqual(Math.min(held.low, wanted.low));
        expect(found.high).toBeGreaterThanOrEqual(Math.max(held.high, wanted.high));
        expect(grown(found, wanted)).toEqual(found);
        if (held.low <= wanted.low && wanted.high <= held.high) expect(found).toEqual(held);
      }),
    );
  });
});
