import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Estimate, saltelli, sobolIndices } from '.';

function evaluate(points: Float64Array, dimensions: number, f: (x: Float64Array) => number): Float64Array {
  const count = points.length / dimensions;
  return Float64Array.from({ length: count }, (_, n) => f(points.subarray(n * dimensions, (n + 1) * dimensions)));
}

function expectAbout(estimates: readonly Estimate[], exact: readonly number[], tolerance: number): void {
  estimates.forEach(({ value, from, to }, j) => {
    expect(Math.abs(value - exact[j])).toBeLessThan(tolerance);
    expect(from).toBeLessThanOrEqual(value);
    expect(to).toBeGreaterThanOrEqual(value);
    // Twice the interval's half width: what even a quasi-random sample seldom exceeds.
    expect(Math.abs(value - exact[j])).toBeLessThanOrEqual(to - from + 1e-12);
  });
}

describe('Sobol indices', () => {
  it("are those of Ishigami's function", () => {
    // Ishigami & Homma 1990: sin x1 + a sin^2 x2 + b x3^4 sin x1 on [-pi, pi]^3.
    const [a, b] = [7, 0.1];
    const f = (x: Float64Array): number => {
      const [x1, x2, x3] = x.map((share) => Math.PI * (2 * share - 1));
      return Math.sin(x1) + a * Math.sin(x2) ** 2 + b * x3 ** 4 * Math.sin(x1);
    };
    const p = Math.PI ** 4;
    const variance = a ** 2 / 8 + (b * p) / 5 + (b ** 2 * p ** 2) / 18 + 1 / 2;
    const own = [(1 + (b * p) / 5) ** 2 / 2 / variance, a ** 2 / 8 / variance, 0];
    const shared = (b ** 2 * p ** 2 * (1 / 18 - 1 / 50)) / variance;
    const indices = sobolIndices(evaluate(saltelli(4096, 3, 1), 3, f), 3);
    expect(Math.abs(indices.variance / variance - 1)).toBeLessThan(0.01);
    expect(Math.abs(indices.mean - a / 2)).toBeLessThan(0.01);
    expectAbout(indices.first, own, 0.01);
    expectAbout(indices.total, [own[0] + shared, own[1], shared], 0.01);
  });

  it("are those of Sobol's product, in few dimensions and in many", () => {
    // Saltelli & Sobol 1995: prod (|4 x_j - 2| + c_j) / (1 + c_j), with variances V_j = 1 / (3 (1 + c_j)^2).
    const product = (c: readonly number[], count: number): void => {
      const f = (x: Float64Array): number =>
        x.reduce((y, xj, j) => (y * (Math.abs(4 * xj - 2) + c[j])) / (1 + c[j]), 1);
      const own = c.map((cj) => 1 / (3 * (1 + cj) ** 2));
      const variance = own.reduce((all, v) => all * (1 + v), 1) - 1;
      const indices = sobolIndices(evaluate(saltelli(count, c.length, 2), c.length, f), c.length);
      const total = own.map((v) => (v * (variance + 1)) / (1 + v) / variance);
      expectAbout(
        indices.first,
        own.map((v) => v / variance),
        0.05,
      );
      expectAbout(indices.total, total, 0.05);
    };
    product([0, 1, 4.5, 9, 99], 2048);
    product([...[0, 1, 4.5], ...Array(11).fill(99)], 8192);
  });

  it('of a linear function are shares of its variance, and do not change with its scale and offset', () => {
    const weights = fc.array(fc.double({ min: 0.1, max: 3, noNaN: true }), { minLength: 2, maxLength: 5 });
    const property = fc.property(weights, fc.integer({ min: -50, max: 50 }), (c, offset) => {
      const f = (x: Float64Array): number => x.reduce((sum, xj, j) => sum + c[j] * xj, offset);
      const indices = sobolIndices(evaluate(saltelli(1024, c.length, 3), c.length, f), c.length, { resamples: 20 });
      const all = c.reduce((sum, cj) => sum + cj ** 2, 0);
      c.forEach((cj, j) => {
        expect(Math.abs(indices.first[j].value - cj ** 2 / all)).toBeLessThan(0.03);
        expect(Math.abs(indices.total[j].value - cj ** 2 / all)).toBeLessThan(0.03);
      });
    });
    fc.assert(property, { numRuns: 20 });
  });

  it('leave out blocks in which an instance failed, and shrink their intervals with the sample', () => {
    const f = (x: Float64Array): number => x[0] + 2 * x[1];
    const values = evaluate(saltelli(256, 2, 4), 2, f);
    values[4 * 10 + 3] = Number.NaN;
    const few = sobolIndices(values, 2);
    expect(few.blocks).toBe(255);
    expectAbout(few.first, [0.2, 0.8], 0.1);
    const many = sobolIndices(evaluate(saltelli(4096, 2, 4), 2, f), 2);
    const width = ({ from, to }: Estimate): number => to - from;
    expect(width(many.first[0])).toBeLessThan(width(few.first[0]) / 2);
    expect(sobolIndices(new Float64Array(40).fill(1), 2).first[0].value).toBeNaN();
  });
});
