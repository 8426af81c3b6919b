import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { real } from '../expression/testing/numbers';
import type { ExplicitIntegrator } from './index';
import { tableauOf } from './tableau';
import { distance, integrate } from './testing';

const methods: readonly ExplicitIntegrator[] = ['rk1', 'rk2', 'rk3', 'rk4'];
const number = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 1000);

describe.each(methods)('%s', (method) => {
  const { a, b } = tableauOf(method);

  it('steps by its tableau as by its formulas', () => {
    fc.assert(
      fc.property(number, number, number, (x, y, h) => {
        const slope = ([p, q]: readonly number[]): number[] => [h * Math.sin(p + q), h * (p - q * q)];
        const slopes: number[][] = [];
        const reach = (weights: readonly number[]): number[] =>
          [x, y].map((start, i) => slopes.reduce((sum, k, j) => sum + (weights[j] ?? 0) * k[i], start));
        for (const row of a) slopes.push(slope(reach(row)));
        expect(distance(reach(b), integrate(real, method, slope, [x, y], 1, 1))).toBeLessThan(1e-14);
      }),
    );
  });

  it('is explicit and has the order in its name', () => {
    a.forEach((row, i) => {
      expect(row.slice(i).every((weight) => weight === 0)).toBe(true);
    });
    // x' = x integrates to the Taylor polynomial of exp.
    const order = Number(method.slice(2));
    const [grown] = integrate(real, method, (x) => x, [1], 1, 1);
    const taylor = [1, 2, 5 / 2, 8 / 3, 65 / 24];
    expect(grown).toBeCloseTo(taylor[order], 14);
    expect(b.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 15);
  });
});
