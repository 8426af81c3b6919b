import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walk } from '../../state/walk';
import { breaks, broken, type Curve, differencesOf, samplesOf } from './curve';

const at = samplesOf([1, 2], 41);
const coefficient = fc.integer({ min: -32, max: 32 }).map((sixteenths) => sixteenths / 16);
const share = fc.integer({ min: 0, max: 50 });
const step = fc.integer({ min: 2, max: 37 });

function curve(values: readonly number[], derivatives: readonly number[], jumps: readonly number[]): Curve {
  return { tau: null, at, values, derivatives, jumps, kinks: [], failures: [], doubts: [] };
}

describe('a curve over an interval', () => {
  it('is not broken where it is continuous, kinked or not', () => {
    fc.assert(
      fc.property(coefficient, coefficient, share, step, (a, b, along, k) => {
        // A parabola, and from somewhere between two samples on a slope that bends the same way.
        const c = along * b;
        const from = ((at[k] ?? 0) + (at[k + 1] ?? 0)) / 2;
        const values = at.map((p) => a * p + b * p * p + c * Math.max(0, p - from));
        const slopes = at.map((p) => a + 2 * b * p + (p > from ? c : 0));
        expect(breaks(at, values, slopes)).toEqual([]);
      }),
    );
  });

  it('is broken where it jumps, and has no difference there', () => {
    fc.assert(
      fc.property(coefficient, fc.double({ min: 1, max: 9, noNaN: true }), step, (b, height, k) => {
        const values = at.map((p, i) => b * p * p + (i > k ? 10 * height : 0));
        const slopes = at.map((p) => 2 * b * p);
        expect(breaks(at, values, slopes)).toEqual([k]);
        const whole = curve(values, slopes, [k]);
        const differences = differencesOf(whole);
        expect(differences).toHaveLength(39);
        // Central differences of a parabola are exact.
        for (const { at: p, value } of differences) expect(value).toBeCloseTo(2 * b * p, 8);
        const line = broken(whole, values);
        expect(line.y.filter(Number.isNaN)).toHaveLength(1);
        expect(line.y.findIndex(Number.isNaN)).toBe(k + 1);
        expect(line.x).toEqual(line.x.toSorted((x, y) => x - y));
      }),
    );
  });

  it('has both ends among its samples', () => {
    fc.assert(
      fc.property(coefficient, fc.double({ min: 0.01, max: 5, noNaN: true }), (low, width) => {
        const samples = samplesOf([low, low + width], 41);
        expect(samples).toHaveLength(41);
        expect(samples[0]).toBeCloseTo(low, 10);
        expect(samples.at(-1)).toBe(low + width);
      }),
    );
  });
});

describe('the walk along a branch', () => {
  it('visits every sample once, beginning next to the value, each after its neighbour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: -1, max: 3, noNaN: true }), (count, value) => {
        const samples = Array.from({ length: count }, (_, i) => 1 + i / count);
        const order = walk(samples, value);
        expect(order.map(({ sample }) => sample).toSorted((a, b) => a - b)).toEqual(samples.map((_, i) => i));
        const visited = new Set<number>();
        order.forEach(({ sample, from }, i) => {
          if (i === 0) {
            expect(from).toBeNull();
            const distances = samples.map((each) => Math.abs(each - value));
            expect(distances[sample]).toBe(Math.min(...distances));
          } else {
            expect(visited.has(from ?? -1)).toBe(true);
            expect(Math.abs((from ?? 0) - sample)).toBe(1);
          }
          visited.add(sample);
        });
      }),
    );
  });
});
