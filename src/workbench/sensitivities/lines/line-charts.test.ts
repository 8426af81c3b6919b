import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivativeOf, type Selection, tableOf } from '../cells';
import { subjectsOf } from '../subjects';
import { columns, derivatives, problem, values } from '../testing/example';
import { coloured, coloursOf, lineCharts } from './line-charts';

const selection: Selection = {
  subjects: subjectsOf(problem, columns.length),
  places: [2, 0],
  weights: [1, 1, 1],
  relative: false,
};

describe('the lines', () => {
  it('are the derivatives of every subject along the horizon by every column shown', () => {
    fc.assert(
      fc.property(values, derivatives, (at, shown) => {
        const charts = lineCharts(tableOf(problem, at, shown, selection), [1, 2]);
        expect(charts.map(({ subject }) => subject.id)).toEqual(['p', 'v', 'F', 'z', 'costate p', 'costate v']);
        for (const { subject, lines } of charts)
          expect(lines.map((line) => line.values)).toEqual(
            selection.places.map((place) => derivativeOf(problem, shown, subject, place)),
          );
      }),
    );
  });

  it('have colours of their own where they are among the largest', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (sizes) => {
        const colours = coloursOf(sizes);
        const own = colours.filter((colour) => colour !== null);
        expect(new Set(own).size).toBe(own.length);
        expect(own).toHaveLength(Math.min(coloured, sizes.length));
        const least = Math.min(...sizes.filter((_, j) => colours[j] !== null));
        for (const [j, colour] of colours.entries()) if (colour === null) expect(sizes[j]).toBeLessThanOrEqual(least);
      }),
    );
  });
});
