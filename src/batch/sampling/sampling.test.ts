import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Axis, grid, gridValues, latinHypercube, mostSobolDimensions, path, readList, sobol, stretched } from '.';

const column = (points: Float64Array, dimensions: number, j: number): number[] =>
  Array.from({ length: points.length / dimensions }, (_, n) => points[n * dimensions + j]);
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('Sobol points', () => {
  it('are those of the published direction numbers', () => {
    // Points 9 and 10 of the sequence that begins at the origin.
    const points = sobol(16, 24, null);
    expect(Array.from(points.subarray(9 * 24, 11 * 24), (value) => value * 16)).toEqual([
      ...[11, 13, 7, 15, 1, 13, 15, 7, 7, 13, 3, 9, 7, 7, 5, 7, 5, 5, 7, 13, 11, 3, 11, 7],
      ...[15, 1, 11, 3, 5, 9, 3, 3, 3, 9, 7, 13, 11, 11, 1, 11, 1, 9, 3, 1, 7, 7, 7, 11],
    ]);
  });

  it('have one point in each of 2^m intervals of every axis, shifted or not', () => {
    const property = fc.property(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: mostSobolDimensions }),
      fc.option(fc.nat()),
      (m, dimensions, seed) => {
        const count = 2 ** m;
        const points = sobol(count, dimensions, seed);
        for (let j = 0; j < dimensions; j++) {
          const places = column(points, dimensions, j).map((value) => Math.floor(value * count));
          expect(places.sort((a, b) => a - b)).toEqual(range(count));
        }
      },
    );
    fc.assert(property, { numRuns: 30 });
  });

  it('have one point in each dyadic box of the first two dimensions', () => {
    const m = 8;
    const points = sobol(2 ** m, 2, 7);
    for (let split = 0; split <= m; split++) {
      const boxes = new Set(
        range(2 ** m).map((n) => {
          const [x, y] = [Math.floor(points[2 * n] * 2 ** split), Math.floor(points[2 * n + 1] * 2 ** (m - split))];
          return x * 2 ** (m - split) + y;
        }),
      );
      expect(boxes.size).toBe(2 ** m);
    }
  });

  it('integrate far better than random ones', () => {
    // The product of 1 + (x_j - 1/2) over the axes has mean 1.
    const dimensions = 6;
    const error = (points: Float64Array): number => {
      const count = points.length / dimensions;
      const value = (n: number) => range(dimensions).reduce((p, j) => p * (0.5 + points[n * dimensions + j]), 1);
      return Math.abs(range(count).reduce((sum, n) => sum + value(n), 0) / count - 1);
    };
    // A random mean of 4096 points has a standard deviation of 0.013.
    for (const seed of [1, 2, 3]) expect(error(sobol(4096, dimensions, seed))).toBeLessThan(5e-4);
  });

  it('come again for the same seed, and are others for another', () => {
    expect(sobol(50, 3, 5)).toEqual(sobol(50, 3, 5));
    expect(sobol(50, 3, 5)).not.toEqual(sobol(50, 3, 6));
    expect(() => sobol(2, mostSobolDimensions + 1, null)).toThrow(RangeError);
  });
});

describe('a Latin hypercube', () => {
  it('has one point in each interval of every axis', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(),
      (count, dimensions, seed) => {
        const points = latinHypercube(count, dimensions, seed);
        expect(points).toEqual(latinHypercube(count, dimensions, seed));
        for (let j = 0; j < dimensions; j++) {
          const places = column(points, dimensions, j).map((value) => Math.floor(value * count));
          expect(places.sort((a, b) => a - b)).toEqual(range(count));
        }
      },
    );
    fc.assert(property, { numRuns: 40 });
  });

  it('pairs the axes at random', () => {
    const points = latinHypercube(2000, 2, 3);
    const [x, y] = [column(points, 2, 0), column(points, 2, 1)];
    const covariance = x.reduce((sum, value, n) => sum + (value - 0.5) * (y[n] - 0.5), 0) / 2000;
    // Three standard deviations of independent pairs: 3 / (12 sqrt(2000)).
    expect(Math.abs(covariance)).toBeLessThan(0.0056);
  });
});

describe('a grid', () => {
  it('has both ends, and equal differences or ratios between', () => {
    const ends = fc.tuple(fc.double({ min: 0.01, max: 10, noNaN: true }), fc.double({ min: 11, max: 99, noNaN: true }));
    const property = fc.property(
      ends,
      fc.integer({ min: 2, max: 50 }),
      fc.boolean(),
      ([from, to], count, logarithmic) => {
        const values = gridValues({ name: 'a', from, to, logarithmic, count });
        expect([values.length, values[0], values.at(-1)]).toEqual([count, from, to]);
        const step = (i: number) => (logarithmic ? Math.log(values[i] / values[i - 1]) : values[i] - values[i - 1]);
        for (let i = 2; i < count; i++) expect(Math.abs(step(i) / step(1) - 1)).toBeLessThan(1e-9);
      },
    );
    fc.assert(property);
  });

  it('has every combination once, the last axis running fastest', () => {
    const axis = (name: string, count: number) => ({ name, from: 1, to: count, logarithmic: false, count });
    const { names, values, shape } = grid([axis('a', 2), axis('b', 3)]);
    expect([names, shape]).toEqual([
      ['a', 'b'],
      [2, 3],
    ]);
    expect([...values]).toEqual([1, 1, 1, 2, 1, 3, 2, 1, 2, 2, 2, 3]);
  });

  it('is gone through from neighbour to neighbour', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 });
    const property = fc.property(shapes, (shape) => {
      const order = [...path(shape)];
      const count = shape.reduce((product, points) => product * points, 1);
      expect(order.toSorted((a, b) => a - b)).toEqual(range(count));
      const digits = (n: number) =>
        shape.map((points, j) => Math.floor(n / shape.slice(j + 1).reduce((a, b) => a * b, 1)) % points);
      for (let i = 1; i < count; i++) {
        const [before, after] = [digits(order[i - 1]), digits(order[i])];
        expect(before.reduce((sum, digit, j) => sum + Math.abs(digit - after[j]), 0)).toBe(1);
      }
    });
    fc.assert(property);
  });
});

it('points of the unit cube are stretched over the ranges', () => {
  const axes: Axis[] = [
    { name: 'M', from: 2, to: 4, logarithmic: false },
    { name: 'x0.p', from: 0.01, to: 100, logarithmic: true },
  ];
  const { names, values, shape } = stretched(axes, Float64Array.of(0, 0, 0.5, 0.5));
  expect([names, shape]).toEqual([['M', 'x0.p'], null]);
  [2, 0.01, 3, 1].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 12));
});

describe('a list', () => {
  it('gives back the numbers that were written', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const property = fc.property(
      fc.array(fc.tuple(finite, finite), { minLength: 1 }),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n'),
      (rows, mark, end) => {
        const text = [['M', '"x0.p"'], ...rows].map((row) => row.join(mark)).join(end) + end;
        const read = readList(text);
        const values = Float64Array.from(rows.flat(), (value) => Number(String(value)));
        expect(read).toEqual({ ok: true, samples: { names: ['M', 'x0.p'], values, shape: null } });
      },
    );
    fc.assert(property);
  });

  it('says where it is wrong', () => {
    const message = (text: string) => {
      const read = readList(text);
      return read.ok ? null : `${read.line}: ${read.message}`;
    };
    expect(message('')).toBe('1: there is nothing in it');
    expect(message('M,l\n')).toBe('1: there are no rows below the names');
    expect(message('M,M\n1,2')).toBe('1: `M` has two columns');
    expect(message('M,l\n1,2\n\n3')).toBe('4: 1 values where there are 2 names');
    expect(message('M\n1\ntwo')).toBe('3: `two` is not a number');
    expect(message('M,l\n1,')).toBe('2: `` is not a number');
  });
});
