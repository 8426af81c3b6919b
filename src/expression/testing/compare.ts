/** Comparison of derivatives with their references. */
import { expect } from 'vitest';
import type { SparseEntry } from '../jacobian';
import { isDefinite, type Reference } from './numbers';

/** Compares where the reference is definite; returns how often it was. */
export function compare(results: readonly number[], references: readonly Reference[]): number {
  let compared = 0;
  references.forEach((reference, i) => {
    if (!isDefinite(reference)) return;
    compared++;
    expect(Math.abs(results[i] - reference.value)).toBeLessThanOrEqual(reference.tolerance);
  });
  return compared;
}

/** The direction of one variable. */
export function unit(j: number, variables: number): number[] {
  return Array.from({ length: variables }, (_, i) => (i === j ? 1 : 0));
}

/** The matrix of sparse entries with these values. */
export function dense(
  entries: readonly SparseEntry[],
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

/** Whether the entries go by row, then column, none twice. */
export function isOrdered(entries: readonly SparseEntry[]): boolean {
  return entries.every(
    ({ row, column }, i) =>
      i === 0 || entries[i - 1].row < row || (entries[i - 1].row === row && entries[i - 1].column < column),
  );
}
