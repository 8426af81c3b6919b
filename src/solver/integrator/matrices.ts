/** Small matrices of numbers that the generator knows one by one: what is zero or one costs nothing. */
import { type Program, type Real, ZERO } from '../../kernel';

export type Matrix = readonly (readonly Real[])[];

/** Their products and sums, each entry fixed where it is made. `start` is added. */
export class Matrices {
  constructor(private readonly program: Program) {}

  make(rows: number, columns: number, entry: (i: number, j: number) => Real): Matrix {
    const { program } = this;
    return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => program.let(entry(i, j))));
  }

  zero(rows: number, columns: number): Matrix {
    return this.make(rows, columns, () => ZERO);
  }

  /** entry(i, j) = entry(j, i) */
  symmetric(size: number, entry: (i: number, j: number) => Real): Matrix {
    const lower = Array.from({ length: size }, (_, i) =>
      Array.from({ length: i + 1 }, (_, j) => this.program.let(entry(i, j))),
    );
    return lower.map((row, i) => lower.map((column, j) => (j <= i ? row[j] : column[i])));
  }

  sum(a: Matrix, b: Matrix): Matrix {
    return this.make(a.length, columnsOf(a), (i, j) => a[i][j].plus(b[i][j]));
  }

  /** A B */
  product(a: Matrix, b: Matrix, start: Matrix | null = null): Matrix {
    return this.make(a.length, columnsOf(b), (i, j) => along(b, (m) => a[i][m].times(b[m][j]), start?.[i][j]));
  }

  /** A'B */
  transposed(a: Matrix, b: Matrix, start: Matrix | null = null): Matrix {
    return this.make(columnsOf(a), columnsOf(b), (i, j) => along(a, (m) => a[m][i].times(b[m][j]), start?.[i][j]));
  }

  /** A'B, known to be symmetric. */
  transposedSymmetric(a: Matrix, b: Matrix, start: Matrix | null = null): Matrix {
    return this.symmetric(columnsOf(a), (i, j) => along(a, (m) => a[m][i].times(b[m][j]), start?.[i][j]));
  }
}

const columnsOf = (a: Matrix): number => a[0]?.length ?? 0;

function along(rows: Matrix, term: (m: number) => Real, start: Real = ZERO): Real {
  return rows.reduce((sum, _, m) => sum.plus(term(m)), start);
}

/** The entries of a sparse matrix in a dense one; the rest is zero. */
export function dense(
  rows: number,
  columns: number,
  entries: readonly { readonly row: number; readonly column: number }[],
  values: readonly Real[],
): Real[][] {
  const matrix = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ZERO));
  entries.forEach(({ row, column }, i) => {
    matrix[row][column] = values[i];
  });
  return matrix;
}
