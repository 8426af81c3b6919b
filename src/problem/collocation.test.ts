import { describe, expect, it } from 'vitest';
import { type CollocationFamily, collocation } from './collocation';

const families: readonly CollocationFamily[] = ['gauss-legendre', 'radau'];
const stages = [1, 2, 3, 4];

describe.each(families)('%s', (family) => {
  describe.each(stages)('%i stages', (s) => {
    const { a, b } = collocation(family, s);
    const c = a.map((row) => row.reduce((sum, value) => sum + value, 0));
    const order = family === 'radau' ? 2 * s - 1 : 2 * s;

    it('meets the quadrature conditions of its order, and none beyond', () => {
      const moment = (q: number): number => b.reduce((sum, weight, i) => sum + weight * c[i] ** (q - 1), 0);
      for (let q = 1; q <= order; q++) expect(moment(q)).toBeCloseTo(1 / q, 13);
      expect(Math.abs(moment(order + 1) - 1 / (order + 1))).toBeGreaterThan(1e-6);
    });

    it('integrates polynomials up to its nodes: sum_j a_ij c_j^(q-1) = c_i^q / q', () => {
      for (const [i, row] of a.entries())
        for (let q = 1; q <= s; q++)
          expect(row.reduce((sum, value, j) => sum + value * c[j] ** (q - 1), 0)).toBeCloseTo(c[i] ** q / q, 13);
    });
  });
});

it('ends at the end of the step for Radau IIA, whose last row is b', () => {
  const { a, b } = collocation('radau', 3);
  for (const [j, weight] of b.entries()) expect(a[2][j]).toBeCloseTo(weight, 14);
});
