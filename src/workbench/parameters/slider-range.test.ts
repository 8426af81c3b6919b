import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRange, holding, snap, stepOf } from './slider-range';

const value = fc.double({ min: -1e9, max: 1e9, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-9);

describe('the default range', () => {
  it('holds the value inside and keeps its sign', () => {
    fc.assert(
      fc.property(value, (nominal) => {
        const [low, high] = defaultRange(nominal);
        expect(low).toBeLessThan(nominal);
        expect(high).toBeGreaterThan(nominal);
        if (nominal !== 0) expect(Math.min(low * nominal, high * nominal)).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a slider', () => {
  const range = fc
    .tuple(value, value)
    .filter(([a, b]) => Math.abs(b - a) > 1e-6 * Math.max(Math.abs(a), Math.abs(b)))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

  it('has between 200 and 500 steps', () => {
    fc.assert(
      fc.property(range, ([low, high]) => {
        const count = (high - low) / stepOf([low, high]);
        expect(count).toBeGreaterThan(199.9);
        expect(count).toBeLessThan(500.1);
      }),
    );
  });

  it('snaps to a value in range at most half a step away', () => {
    fc.assert(
      fc.property(range, fc.double({ min: 0, max: 1, noNaN: true }), ([low, high], fraction) => {
        const wanted = low + fraction * (high - low);
        const snapped = snap(wanted, [low, high]);
        expect(snapped).toBeGreaterThanOrEqual(low);
        expect(snapped).toBeLessThanOrEqual(high);
        expect(Math.abs(snapped - wanted)).toBeLessThanOrEqual(0.501 * stepOf([low, high]) + 1e-9 * Math.abs(wanted));
      }),
    );
  });

  it('grows to hold a value typed outside', () => {
    expect(holding([0, 1], 3)).toEqual([0, 3]);
    expect(holding([0, 1], 0.5)).toEqual([0, 1]);
  });
});
