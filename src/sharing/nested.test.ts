import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Nested, nested } from './nested';

const length = fc.integer({ min: 0, max: 5 });

describe('nested arrays', () => {
  it('have the shape asked for and the entries in order', () => {
    fc.assert(
      fc.property(length, length, length, (a, b, c) => {
        const values = Float64Array.from({ length: a * b * c }, (_, i) => i);
        const result = nested(values, a, b, c) as number[][][];
        expect(result).toHaveLength(a);
        for (const row of result) {
          expect(row).toHaveLength(b);
          for (const entry of row) expect(entry).toHaveLength(c);
        }
        expect(result.flat(2)).toEqual([...values]);
      }),
    );
  });

  it('are valid JSON whatever the numbers are', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), (values) => {
        const read: Nested = JSON.parse(JSON.stringify(nested(Float64Array.from(values), values.length)));
        expect(read).toEqual(values.map((value) => (Number.isFinite(value) ? value + 0 : null)));
      }),
    );
  });
});
