import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scalesOf, tableOf } from './cells';
import { columnSizes, foundColumns, ordered } from './column-order';
import { subjectsOf } from './subjects';
import { columns, derivatives, problem, values } from './testing/example';

describe('finding columns', () => {
  it('takes every word typed, in any order and case, and nothing typed for all', () => {
    const names = ['M', 'q_theta', 'q_omega', 'x0.theta'];
    expect(foundColumns(names, '')).toEqual([0, 1, 2, 3]);
    expect(foundColumns(names, 'THETA')).toEqual([1, 3]);
    expect(foundColumns(names, 'theta q')).toEqual([1]);
    expect(foundColumns(names, 'nothing')).toEqual([]);
  });
});

describe('the order of columns', () => {
  const names = ['b10', 'b2', 'a'];
  it('is that of the text, of the names as people count, or of the sizes', () => {
    expect(ordered([0, 1, 2], 'declared', names, () => [])).toEqual([0, 1, 2]);
    expect(ordered([0, 1, 2], 'name', names, () => [])).toEqual([2, 1, 0]);
    expect(ordered([0, 1, 2], 'size', names, () => [1, 5, 1])).toEqual([1, 0, 2]);
    expect(ordered([2, 0], 'size', names, () => [1, 5, 3])).toEqual([2, 0]);
  });

  it('does not depend on the units of any subject', () => {
    fc.assert(
      fc.property(values, derivatives, fc.double({ min: 0.01, max: 100, noNaN: true }), (at, shown, unit) => {
        const subjects = subjectsOf(problem, columns.length).filter(({ kind }) => kind === 'state');
        const selection = { subjects, places: [0, 1, 2], weights: [1, 1, 1], relative: false };
        const table = tableOf(problem, at, shown, selection);
        const sizes = columnSizes(table);
        const other = {
          ...shown,
          dx: shown.dx.map((value, i) => (Math.floor(i / 3) % 2 === 0 ? value * unit : value)),
        };
        columnSizes(tableOf(problem, at, other, selection)).forEach((size, j) =>
          expect(size).toBeCloseTo(sizes[j] ?? 0, 9),
        );
        // Each subject gives its largest column one whole share.
        const present = scalesOf(table, 'block');
        const whole = [0, 1].filter((b) => Math.max(...present.subarray(3 * b, 3 * b + 3)) > 0).length;
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(whole);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThanOrEqual(whole);
      }),
    );
  });
});
