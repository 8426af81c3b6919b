import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantiles } from './quantiles';

// Without a negative zero, which is another number to a test and the same to arithmetic.
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0);
const values = fc.array(number, { minLength: 1, maxLength: 60 });

describe('sample quantiles', () => {
  it('are the order statistics at equal shares, and linear between', () => {
    // Definition 7: the k-th of n values is at the share (k - 1) / (n - 1).
    expect(quantiles(Float64Array.of(4, 1, 3, 2, 5), [0, 0.25, 0.5, 0.625, 1])).toEqual([1, 2, 3, 3.5, 5]);
  });

  it('grow with the share, lie within the values, and do not depend on their order', () => {
    const shares = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];
    fc.assert(
      fc.property(values, (list) => {
        const found = quantiles(Float64Array.from(list), shares);
        expect(found).toEqual(quantiles(Float64Array.from(list).reverse(), shares));
        expect(found.at(0)).toBe(Math.min(...list));
        expect(found.at(-1)).toBe(Math.max(...list));
        for (let i = 1; i < found.length; i++) expect(found[i]).toBeGreaterThanOrEqual(found[i - 1] - 1e-6);
      }),
    );
  });

  it('leave out what is not finite', () => {
    expect(quantiles(Float64Array.of(Number.NaN, 2, Number.POSITIVE_INFINITY, 4), [0, 0.5, 1])).toEqual([2, 3, 4]);
    expect(quantiles(Float64Array.of(Number.NaN), [0.5])).toEqual([Number.NaN]);
  });
});
