import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { number, numbers, order, spread, table } from './table';

const cell = fc.stringMatching(/^[a-z0-9.]{1,9}$/);

describe('a table', () => {
  it('keeps to the width, says everything, and begins each part with the first column', () => {
    const columns = fc
      .integer({ min: 1, max: 6 })
      .chain((rows) =>
        fc.array(fc.tuple(cell, fc.array(cell, { minLength: rows, maxLength: rows })), { minLength: 2 }),
      );
    fc.assert(
      fc.property(columns, fc.integer({ min: 20, max: 60 }), (all, width) => {
        const lines = table(
          all.map(([heading, cells]) => ({ heading, cells })),
          width,
        );
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
        const height = (all[0]?.[1].length ?? 0) + 1;
        const blocks = Array.from({ length: (lines.length + 1) / (height + 1) }, (_, i) =>
          lines.slice(i * (height + 1), i * (height + 1) + height),
        );
        for (let row = 0; row < height; row++) {
          const words = blocks.map((block) => (block[row] ?? '').trim().split(/ +/));
          const expected = all.map(([heading, cells]) => (row === 0 ? heading : cells[row - 1]));
          expect([expected[0], ...words.flatMap(([, ...others]) => others)]).toEqual(expected);
          for (const [first] of words) expect(first).toBe(expected[0]);
        }
      }),
    );
  });

  it('aligns numbers at the right and words at the left', () => {
    const lines = table(
      [
        { heading: 'name', align: 'left', cells: ['a', 'long name'] },
        { heading: 'value', cells: ['10', '2'] },
      ],
      80,
    );
    expect(lines).toEqual(['name       value', 'a             10', 'long name      2']);
  });
});

describe('numbers', () => {
  it('keep six digits', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        for (const text of [number(value), ...numbers([value])])
          expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(5.1e-4 * Math.abs(value));
        expect(Math.abs(Number(order(value)) - value)).toBeLessThanOrEqual(0.051 * Math.abs(value));
      }),
    );
  });

  it('below each other have their points below each other', () => {
    expect(numbers([12.3456789, -0.00004, 1])).toEqual(['12.3457', '0.0000', '1.0000']);
    expect(numbers([1e9, 1])).toEqual(['1.000e+9', '1']);
  });

  it('say what is no number', () => {
    const all = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expect(all.map((value) => number(value))).toEqual(['not a number', 'infinite', '-infinite']);
    expect(numbers([...all, 1])).toEqual(['not a number', 'infinite', '-infinite', '1.00000']);
  });
});

describe('spread', () => {
  it('takes ascending places with both ends, and all where they are few', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 2, max: 40 }), (count, most) => {
        const places = spread(count, most);
        expect(places).toHaveLength(Math.min(count, most));
        expect([places[0], places.at(-1)]).toEqual([0, count - 1]);
        for (let i = 1; i < places.length; i++) expect(places[i]).toBeGreaterThan(places[i - 1] as number);
      }),
    );
  });
});
