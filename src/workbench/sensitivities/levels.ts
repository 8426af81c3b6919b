/**
 * The table in units of its scales, from -1 to 1, and no finer than the screen: where there are more rows or columns than
 * pixels, a pixel shows the entry of largest size among those it covers, so that nothing gets lost.
 */
import type { Table } from './cells';

export interface Levels {
  /** [height][width]; NaN: has no value. */
  readonly z: readonly (readonly number[])[];
  /** How many columns and rows of the table a pixel covers. */
  readonly dx: number;
  readonly dy: number;
}

export function levelsOf(
  { values, rows, columns, blocks }: Table,
  /** [blocks][columns] */
  scales: Float64Array,
  most: { readonly width: number; readonly height: number },
): Levels {
  const width = Math.max(1, Math.min(columns.length, most.width));
  const height = Math.max(1, Math.min(rows, most.height));
  const blockOf = new Int32Array(rows);
  blocks.forEach(({ start }, b) => {
    blockOf.fill(b, start);
  });
  const z = Array.from({ length: height }, (_, y) => {
    const lastRow = Math.floor(((y + 1) * rows) / height);
    return Array.from({ length: width }, (_, x) => {
      const lastColumn = Math.floor(((x + 1) * columns.length) / width);
      let level = Number.NaN;
      for (let row = Math.floor((y * rows) / height); row < lastRow; row++) {
        for (let column = Math.floor((x * columns.length) / width); column < lastColumn; column++) {
          const next = levelOf(
            values[row * columns.length + column] ?? Number.NaN,
            scales[(blockOf[row] ?? 0) * columns.length + column] ?? 0,
          );
          if (!(Math.abs(next) <= Math.abs(level))) level = Number.isNaN(next) ? level : next;
        }
      }
      return level;
    });
  });
  return { z, dx: columns.length / width, dy: rows / height };
}

/** A value in units of its scale; what has no scale is zero everywhere. */
export function levelOf(value: number, scale: number): number {
  if (Number.isNaN(value)) return Number.NaN;
  return scale > 0 ? Math.max(-1, Math.min(1, value / scale)) : 0;
}
