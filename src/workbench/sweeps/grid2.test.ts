import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grid } from '../../batch';
import { bordersOf, gridOf, halfCell, placesOn } from './grid2';

const count = fc.integer({ min: 1, max: 7 });
const axes = fc
  .array(count, { minLength: 2, maxLength: 3 })
  .map((counts) =>
    counts.map((points, j) => ({ name: `p${j}`, from: 1, to: 9 + j, count: points, logarithmic: j === 1 })),
  );

describe('two axes of a grid', () => {
  it('have their values at the numbers of their instances, in every layer', () => {
    fc.assert(
      fc.property(axes, fc.nat(), (shape, which) => {
        const { values } = grid(shape);
        const layer = which % (shape[2]?.count ?? 1);
        const found = gridOf(shape, values, layer);
        if (!found) throw new Error('There are two axes.');
        for (let i = 0; i < found.across.count; i++)
          for (let j = 0; j < found.up.count; j++) {
            const row = found.row(i, j);
            expect(values[row * shape.length]).toBe(found.x[i]);
            expect(values[row * shape.length + 1]).toBe(found.y[j]);
            if (shape[2]) expect(row % shape[2].count).toBe(layer);
          }
      }),
    );
  });

  it('know which instance is where, and its neighbours', () => {
    fc.assert(
      fc.property(axes, fc.nat(), fc.nat(), (shape, a, b) => {
        const found = gridOf(shape, grid(shape).values, 0);
        if (!found) throw new Error('There are two axes.');
        const places = placesOn(found);
        const [i, j] = [a % found.across.count, b % found.up.count];
        const place = places.of(found.row(i, j));
        expect(place && places.nearest(place.x, place.y)).toBe(found.row(i, j));
        expect(places.next(found.row(i, j), 1, 0)).toBe(found.row(Math.min(i + 1, found.across.count - 1), j));
        expect(places.next(found.row(i, j), 0, -1)).toBe(found.row(i, Math.max(j - 1, 0)));
      }),
    );
  });
});

describe('borders between active sets', () => {
  it('are where neighbours differ, but not beside what is not known', () => {
    const shape = [3, 3].map((points, j) => ({ name: `p${j}`, from: 0, to: 1, count: points, logarithmic: false }));
    const found = gridOf(shape, grid(shape).values, 0);
    if (!found) throw new Error('There are two axes.');
    const labels = new Int32Array(9);
    expect(bordersOf(found, labels, -1).x).toEqual([]);
    // The middle alone is another: a square around it.
    labels[found.row(1, 1)] = 4;
    const { x, y } = bordersOf(found, labels, -1);
    const half = halfCell(shape[0] ?? { name: '', from: 0, to: 1, count: 3, logarithmic: false });
    const ends = x.flatMap((at, k) => (Number.isNaN(at) ? [] : [`${at} ${y[k]}`]));
    expect(ends).toHaveLength(8);
    const corners = [half, 3 * half].flatMap((at) => [half, 3 * half].map((up) => `${at} ${up}`));
    expect(new Set(ends)).toEqual(new Set(corners));
    expect(bordersOf(found, labels, 4).x).toEqual([]);
    labels[found.row(1, 1)] = -1;
    expect(bordersOf(found, labels, -2).x).toEqual([]);
  });
});
