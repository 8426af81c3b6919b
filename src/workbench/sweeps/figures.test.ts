import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grid } from '../../batch';
import { lengthAt, margin, shareOf, ticksOf } from './axes';
import { tangentsOf } from './curve-figure';
import { gridOf } from './grid2';
import { arrowsOf } from './map-figure';

const size = { width: 600, height: 400 };
const inner = {
  width: size.width - margin.left - margin.right,
  height: size.height - margin.top - margin.bottom,
};
const ends = fc
  .tuple(fc.double({ min: 0.01, max: 10, noNaN: true }), fc.double({ min: 1.1, max: 1000, noNaN: true }))
  .map(([from, ratio]) => ({ from, to: from * ratio }));
const axes = fc
  .tuple(ends, fc.boolean(), fc.integer({ min: 2, max: 40 }))
  .map(([range, logarithmic, count]) => ({ name: 'p', ...range, count, logarithmic }));

describe('the axis of a swept value', () => {
  it('grows by as much in a step of it as is said', () => {
    fc.assert(
      fc.property(axes, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (axis, part) => {
        const value = axis.from + part * (axis.to - axis.from);
        const step = 1e-6 * value;
        const slope = (shareOf(axis, value + step) - shareOf(axis, value - step)) / (2 * step);
        expect(slope * lengthAt(axis, value)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('has its labels within its ends', () => {
    fc.assert(
      fc.property(axes, (axis) => {
        for (const tick of ticksOf(axis, 5)) {
          expect(shareOf(axis, tick)).toBeGreaterThan(-1e-6);
          expect(shareOf(axis, tick)).toBeLessThan(1 + 1e-6);
        }
      }),
    );
  });
});

// None so small that the curve is flat but for rounding.
const powers = fc
  .tuple(fc.double({ min: 0.1, max: 3, noNaN: true }), fc.constantFrom(-1, 1))
  .map(([size, sign]) => sign * size);

describe('tangents', () => {
  it('touch the curve, and are of the same length on the screen whatever the slope', () => {
    fc.assert(
      fc.property(axes, powers, (axis, power) => {
        const at = grid([axis]).values;
        const values = at.map((p) => p ** power);
        const slopes = at.map((p) => power * p ** (power - 1));
        const height = Math.max(...values) - Math.min(...values) || 1;
        const { x, y } = tangentsOf({ axis, at, values, slopes }, size, height) as { x: number[]; y: number[] };
        expect(x.length).toBeGreaterThan(0);
        for (let k = 0; k < x.length; k += 3) {
          const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [x[k], x[k + 1], y[k], y[k + 1]];
          const length = Math.hypot((x1 - x0) * inner.width, ((y1 - y0) / height) * inner.height);
          expect(length).toBeCloseTo(40, 6);
          const nearest = at.findIndex((p) => Math.abs(shareOf(axis, p) - (x0 + x1) / 2) < 1e-9);
          expect(nearest).toBeGreaterThanOrEqual(0);
          expect(Math.abs((y0 + y1) / 2 - (values[nearest] ?? Number.NaN)) / height).toBeLessThan(1e-9);
        }
      }),
    );
  });
});

describe('arrows of the gradient', () => {
  const shape = [9, 7].map((count, j) => ({ name: `p${j}`, from: 1, to: 5, count, logarithmic: j === 1 }));
  const field = gridOf(shape, grid(shape).values, 0);
  if (!field) throw new Error('There are two axes.');
  const whole = new Float64Array(63);

  it('point uphill, and the longest is as long as they are apart', () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0.1, max: 2, noNaN: true }), (a, b) => {
        const { x, y } = arrowsOf(field, { across: whole.map(() => a), up: whole.map(() => b), scale: 1 }, size);
        expect(x.length).toBeGreaterThan(6 * 12);
        let longest = 0;
        for (let k = 0; k < x.length; k += 6) {
          const [dx, dy] = [(x[k + 1] ?? 0) - (x[k] ?? 0), (y[k + 1] ?? 0) - (y[k] ?? 0)];
          const middle = 5 ** (((y[k] ?? 0) + (y[k + 1] ?? 0)) / 2);
          // To first order, what a step along the arrow gains.
          expect(a * 4 * dx + b * middle * Math.log(5) * dy).toBeGreaterThan(0);
          longest = Math.max(longest, Math.hypot((dx * inner.width) / (1 + 1 / 8), (dy * inner.height) / (1 + 1 / 6)));
        }
        expect(longest).toBeCloseTo(0.85 * 44, 6);
      }),
    );
  });

  it('are not drawn for what is constant but for rounding', () => {
    const noise = whole.map((_, i) => 1e-9 * Math.sin(i));
    expect(arrowsOf(field, { across: noise, up: noise, scale: 1 }, size).x).toEqual([]);
  });
});
