/**
 * Products of a dense block with a vector, as the block lies in memory, row by row: what is loaded of the vector serves
 * several rows, or the whole of its row.
 */
import { type Indexish, type Program, type Real, type Realish, ZERO } from '../kernel';
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

/** Rows whose part left of their square on the diagonal is gone through together; even, as are the columns before it. */
const SQUARE = 4;

/** add(i, sum_j matrix(i, j) vector(j)) for the symmetric matrix of which only entries with j <= i are read. */
export function addSymmetricTimesVector(
  program: Program,
  size: number,
  matrix: (i: Indexish, j: Indexish) => Real,
  vector: (i: Indexish) => Real,
  add: (i: Indexish, value: Real) => void,
): void {
  for (let first = 0; first < size; first += SQUARE) {
    const rows = Array.from({ length: Math.min(SQUARE, size - first) }, (_, r) => first + r);
    const own = rows.map((i) => program.let(vector(i)));
    const left = program.totals(rows.length, 0, first, (j) => {
      const entries = rows.map((i) => program.let(matrix(i, j)));
      const across = program.let(vector(j));
      add(
        j,
        entries.reduce<Real>((sum, entry, r) => sum.plus(entry.times(own[r])), ZERO),
      );
      return entries.map((entry) => entry.times(across));
    });
    const square = rows.map((i) => rows.map((j) => program.let(j <= i ? matrix(i, j) : matrix(j, i))));
    rows.forEach((i, r) => {
      add(
        i,
        square[r].reduce((sum, entry, c) => sum.plus(entry.times(own[c])), left[r]),
      );
    });
  }
}
