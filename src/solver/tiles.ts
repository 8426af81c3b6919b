/**
 * Products of dense blocks. A small block with many structural zeros is best unrolled, its zeros folded away; any other
 * goes in tiles of several rows by one column, the columns independent of each other: a tile's sums stay in registers,
 * and each number loaded serves all of its rows (Goto & van de Geijn 2008, ACM Transactions on Mathematical Software 34).
 */
import { type Indexish, type Program, type Real, type Realish, real } from '../kernel';

/** out(i, j) = start(i, j) + the sum over the terms of sum_{m < inner} left(i, m) right(m, j) */
export interface Product {
  readonly rows: number;
  readonly columns: number;
  /** Only entries at and left of the diagonal are wanted; others may be given too, and are worth nothing. */
  readonly lower?: boolean;
  start(i: Indexish, j: Indexish): Realish;
  readonly terms: readonly {
    readonly inner: number;
    left(i: Indexish, m: Indexish): Real;
    right(m: Indexish, j: Indexish): Real;
  }[];
  out(i: Indexish, j: Indexish, value: Real): void;
}

/** Sums that stay in registers, with room for what they are made of. */
const TILE = 6;

/** The length of rows in memory: even, so that tiles leave no column over. */
export function padded(columns: number): number {
  return columns + (columns % 2);
}

export function multiply(program: Program, tiled: boolean, product: Product): void {
  const { rows, columns, lower = false, start, terms, out } = product;
  if (!tiled) {
    program.each(0, rows, (i) =>
      program.each(0, lower ? after(i) : columns, (j) => {
        const sums = terms.map(({ inner, left, right }) => program.sum(0, inner, (m) => left(i, m).times(right(m, j))));
        out(
          i,
          j,
          sums.reduce((a, b) => a.plus(b), real(start(i, j))),
        );
      }),
    );
    return;
  }
  const tiles = Math.ceil(rows / TILE);
  const height = Math.ceil(rows / tiles);
  for (let top = 0; top < rows; top += height) {
    const tile = Array.from({ length: Math.min(height, rows - top) }, (_, r) => top + r);
    program.forEach(0, padded(lower ? Math.min(columns, top + tile.length) : columns), (j) => {
      const sums = tile.map((i) => program.variable(start(i, j)));
      for (const { inner, left, right } of terms)
        program.for(0, inner, (m) => {
          const entry = program.let(right(m, j));
          tile.forEach((i, r) => sums[r].add(left(i, m).times(entry)));
        });
      tile.forEach((i, r) => out(i, j, sums[r]));
    });
  }
}

/** Loops over the entries of a block: unrolled where it is small and not tiled, with independent iterations where it is. */
export interface BlockLoops {
  each(count: number, body: (i: Indexish) => void): void;
  sum(count: number, term: (i: Indexish) => Real): Real;
}

export function blockLoops(program: Program, tiled: boolean): BlockLoops {
  return tiled
    ? { each: (n, body) => program.forEach(0, n, body), sum: (n, term) => program.total(0, n, term) }
    : { each: (n, body) => program.each(0, n, body), sum: (n, term) => program.sum(0, n, term) };
}

const after = (i: Indexish): Indexish => (typeof i === 'number' ? i + 1 : i.plus(1));
