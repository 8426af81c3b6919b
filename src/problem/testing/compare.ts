/** Distances between lists of numbers. */

/** Largest difference, relative to the largest entry of the reference where that exceeds 1; NaN where either has one. */
export function distance(actual: ArrayLike<number>, reference: ArrayLike<number>): number {
  if (actual.length !== reference.length) return Number.POSITIVE_INFINITY;
  return largestDifference(actual, reference) / (1 + largest(reference));
}

export function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((size, value) => Math.max(size, Math.abs(value)), 0);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return largest(Array.from(a, (value, i) => value - b[i]));
}

/** The matrix of sparse entries with these values, row by row. */
export function dense(
  entries: readonly { readonly row: number; readonly column: number }[],
  values: readonly number[],
  rows: number,
  columns: number,
): number[][] {
  const matrix = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  entries.forEach(({ row, column }, i) => {
    matrix[row][column] = values[i];
  });
  return matrix;
}
