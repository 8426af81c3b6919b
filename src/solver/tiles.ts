/**
 * Products of dense blocks. A small block with many structural zeros is best unrolled, its zeros folded away; any
 * other goes in tiles of a few rows by a few columns, the columns independent of each other: a tile's sums stay in
 * registers, and each number loaded serves a whole row or column of it (Goto & van de Geijn 2008, ACM Transactions on
 * Mathematical Software 34).
 */
import { type Counter, type Indexish, type Program, type Real, type Realish, real } from '../kernel';

/** out(i, j) = start(i, j) + the sum over the terms of sum_{m < inner} left(i, m) right(m, j) */
export interface Product {
  readonly rows: number;
  readonly columns: number;
  /**
   * Of a symmetric product, where `start` knows only entries at and left of the diagonal: puts entry (i, j) where (j, i)
   * is, from its value or from where `out` has stored it.
   */
  readonly mirror?: (i: Indexish, j: Indexish, value?: Real) => void;
  start(i: Indexish, j: Indexish): Realish;
  readonly terms: readonly {
    readonly inner: number;
    left(i: Indexish, m: Indexish): Real;
    right(m: Indexish, j: Indexish): Real;
  }[];
  /** Stores the entry, where nothing else of the product is read. */
  out(i: Indexish, j: Indexish, value: Real): void;
}

/** Rows of a tile, and vectors of sums: they stay in registers, with room for what they are made of. */
const HEIGHT = 4;
const SUMS = 9;

/** Terms in a straight line. */
const FEW = 3;

/** The length of rows in memory: even, so that tiles leave no column over. */
export function padded(columns: number): number {
  return columns + (columns % 2);
}

export function multiply(program: Program, tiled: boolean, product: Product): void {
  const { rows, columns, mirror, start, terms, out } = product;
  if (!tiled) {
    program.each(0, rows, (i) =>
      program.each(0, mirror ? after(i) : columns, (j) => {
        const sums = terms.map(({ inner, left, right }) => program.sum(0, inner, (m) => left(i, m).times(right(m, j))));
        const value = program.let(sums.reduce((a, b) => a.plus(b), real(start(i, j))));
        out(i, j, value);
        mirror?.(i, j, value);
      }),
    );
    return;
  }
  const tiles = Math.ceil(rows / HEIGHT);
  const height = Math.ceil(rows / tiles);
  for (let top = 0; top < rows; top += height) {
    const tile = Array.from({ length: Math.min(height, rows - top) }, (_, r) => top + r);
    const most = Math.floor(SUMS / tile.length);
    const make = (at: readonly Counter[], put: Product['out']): void => {
      const sums = tile.map((i) => at.map((j) => program.variable(start(i, j))));
      for (const { inner, left, right } of terms)
        forTerms(program, inner, (m) => {
          const entries = at.map((j) => program.let(right(m, j)));
          tile.forEach((i, r) => {
            const factor = program.let(left(i, m));
            entries.forEach((entry, c) => sums[r][c].add(factor.times(entry)));
          });
        });
      tile.forEach((i, r) => at.forEach((j, c) => put(i, j, sums[r][c])));
    };
    if (!mirror) {
      forColumns(program, 0, columns, most, (at) => make(at, out));
      continue;
    }
    // What is made right of the diagonal is worth nothing, and is written over.
    const diagonal = top - (top % 2);
    forColumns(program, 0, diagonal, most, (at) =>
      make(at, (i, j, value) => {
        out(i, j, value);
        mirror(i, j, value);
      }),
    );
    forColumns(program, diagonal, Math.min(columns, padded(top + tile.length)), most, (at) => make(at, out));
    for (const i of tile) for (let j = diagonal; j < i; j++) mirror(i, j);
  }
}

/**
 * Columns from..to-1, up to 2 `most` at a time: so many vectors, which lie some distance from each other. What is left over
 * at the end goes with columns before it, which are done twice.
 */
function forColumns(
  program: Program,
  from: number,
  to: number,
  most: number,
  body: (at: readonly Counter[]) => void,
): void {
  const columns = to - from;
  const vectors = Math.ceil(columns / 2);
  const together = Math.ceil(vectors / Math.ceil(vectors / most)) || 1;
  const distance = Math.min(2 * Math.ceil(vectors / together), columns);
  const first = (c: number): number => from + Math.min(c * distance, columns - distance);
  program.forEach(0, distance, (j) => body(Array.from({ length: together }, (_, c) => j.plus(first(c)))));
}

/** m = 0..count-1; no straight line where they are many: engines load first all it needs, and run out of registers. */
function forTerms(program: Program, count: number, body: (m: Indexish) => void): void {
  if (count > FEW) program.for(0, count, body);
  else for (let m = 0; m < count; m++) body(m);
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
