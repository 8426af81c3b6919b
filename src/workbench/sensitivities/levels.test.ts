import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Table } from './cells';
import { levelOf, levelsOf } from './levels';

const entry = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -10, max: 10, noNaN: true }) },
  fc.constant(Number.NaN),
);
const table: fc.Arbitrary<Table> = fc
  .record({ rows: fc.integer({ min: 1, max: 12 }), width: fc.integer({ min: 1, max: 12 }) })
  .chain(({ rows, width }) =>
    fc.array(entry, { minLength: rows * width, maxLength: rows * width }).map((values) => ({
      blocks: [{ subject: { kind: 'state', stages: rows }, start: 0, rows }] as unknown as Table['blocks'],
      columns: Array.from({ length: width }, (_, i) => `p${i}`),
      rows,
      values: Float64Array.from(values),
    })),
  );

describe('levelOf', () => {
  it('is odd, grows with the value, and stays between -1 and 1', () => {
    const value = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.double({ min: 1e-6, max: 10, noNaN: true }), (a, b, scale) => {
        expect(levelOf(Math.min(a, b), scale)).toBeLessThanOrEqual(levelOf(Math.max(a, b), scale));
        expect(Math.abs(levelOf(a, scale))).toBeLessThanOrEqual(1);
        expect(levelOf(-a, scale) + levelOf(a, scale)).toBe(0);
      }),
    );
    expect(levelOf(0, 0)).toBe(0);
    expect(levelOf(Number.NaN, 1)).toBeNaN();
  });
});

describe('levelsOf', () => {
  it('is the table in units of its scales where there is room', () => {
    fc.assert(
      fc.property(table, (shown) => {
        const scales = new Float64Array(shown.columns.length).fill(10);
        const { z, dx, dy } = levelsOf(shown, scales, { width: 100, height: 100 });
        expect([dx, dy]).toEqual([1, 1]);
        expect(z.flat()).toEqual([...shown.values].map((value) => levelOf(value, 10)));
      }),
    );
  });

  it('keeps the largest entry of each column and each row where there is none', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), (shown, width, height) => {
        const scales = new Float64Array(shown.columns.length).fill(10);
        const { z, dx, dy } = levelsOf(shown, scales, { width, height });
        const most = (values: readonly number[]) =>
          Math.max(-1, ...values.filter((v) => !Number.isNaN(v)).map(Math.abs));
        expect(z.length * dy).toBeCloseTo(shown.rows, 9);
        for (const row of z) expect(row.length * dx).toBeCloseTo(shown.columns.length, 9);
        expect(z.length).toBeLessThanOrEqual(height);
        expect(most(z.flat())).toBe(most([...shown.values].map((value) => levelOf(value, 10))));
        expect(z.flat().every(Number.isNaN)).toBe(shown.values.every(Number.isNaN));
      }),
    );
  });
});
