import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictionRadius } from './radius';

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('the radius of a prediction', () => {
  it('is found where the error grows with the square of the distance, in a few tries', () => {
    fc.assert(
      fc.property(positive(1e-4, 1e4), positive(1e-4, 0.5), (factor, tolerance) => {
        let tries = 0;
        const radius = predictionRadius(
          (r) => {
            tries++;
            return factor * r * r;
          },
          1,
          tolerance,
        );
        const exact = Math.min(1, Math.sqrt(tolerance / factor));
        expect(radius).toBeLessThanOrEqual(exact);
        expect(radius).toBeGreaterThanOrEqual(0.85 * exact);
        expect(tries).toBeLessThanOrEqual(5);
      }),
    );
  });

  it('is a distance at which the prediction holds, however the error grows beyond', () => {
    fc.assert(
      fc.property(positive(0.01, 1), positive(1, 100), positive(0.01, 0.2), (kink, slope, tolerance) => {
        const error = (r: number) => 0.01 * r * r + (r > kink ? slope * (r - kink) : 0);
        const radius = predictionRadius(error, 2, tolerance);
        expect(error(radius)).toBeLessThanOrEqual(tolerance);
        expect(radius).toBeGreaterThan(0);
      }),
    );
  });

  it('shrinks back from where there is no solution', () => {
    const radius = predictionRadius((r) => (r > 0.3 ? Number.POSITIVE_INFINITY : r * r), 1, 0.01);
    expect(radius).toBeGreaterThan(0.08);
    expect(radius).toBeLessThanOrEqual(0.1);
  });

  it('is zero where nothing holds, or there is nowhere to go', () => {
    expect(predictionRadius(() => 1, 1, 0.1)).toBe(0);
    expect(predictionRadius(() => 0, 0, 0.1)).toBe(0);
  });
});
