/**
 * Products of a dense block with a vector, as the block lies in memory, row by row: what is loaded of the vector serves
 * several rows, or the whole of its row.
 */
import type { Indexish, Program, Real, Realish } from '../kernel';
import { multiply } from './tiles';

export interface VectorProduct {
  readonly rows: number;
  readonly columns: number;
  start(i: Indexish): Realish;
  matrix(i: Indexish, j: Indexish): Real;
  vector(i: Indexish): Real;
  out(i: Indexish, value: Real): void;
}

/** Sums that are gathered together. */
const TOGETHER = 6;

/** out(i) = start(i) + sum_j matrix(i, j) vector(j) */
export function timesVector(program: Program, tiled: boolean, product: VectorProduct): void {
  const { rows, columns, start, matrix, vector, out } = product;
  if (!tiled) {
    program.each(0, rows, (i) => {
      const sum = program.sum(0, columns, (j) => matrix(i, j).times(vector(j)));
      out(i, sum.plus(start(i)));
    });
    return;
  }
  const together = Math.ceil(rows / Math.ceil(rows / TOGETHER));
  for (let first = 0; first < rows; first += together) {
    const some = Array.from({ length: Math.min(together, rows - first) }, (_, r) => first + r);
    const sums = program.totals(some.length, 0, columns, (j) => {
      const entry = program.let(vector(j));
      return some.map((i) => matrix(i, j).times(entry));
    });
    some.forEach((i, r) => out(i, sums[r].plus(start(i))));
  }
}

/** out(j) = start(j) + sum_i matrix(i, j) vector(i) */
export function transposedTimesVector(program: Program, tiled: boolean, product: VectorProduct): void {
  const { rows, columns, start, matrix, vector, out } = product;
  multiply(program, tiled, {
    rows: 1,
    columns,
    start: (_, j) => start(j),
    terms: [{ inner: rows, left: (_, i) => vector(i), right: matrix }],
    out: (_, j, value) => out(j, value),
  });
}
