/** Which columns are shown, and in which order. */
import type { ColumnOrder } from '../../sharing';
import { scalesOf, type Table } from './cells';

/** Those whose names hold every word typed, as `q theta` finds `q_theta`; in order of declaration. */
export function foundColumns(columns: readonly string[], filter: string): number[] {
  const words = filter.toLowerCase().split(/\s+/);
  const places = columns.map((_, place) => place);
  return places.filter((place) => words.every((word) => columns[place]?.toLowerCase().includes(word)));
}

/** `sizes`: of all columns, only looked at where the order is by size. Columns of equal size stay as declared. */
export function ordered(
  places: readonly number[],
  order: ColumnOrder,
  columns: readonly string[],
  sizes: () => readonly number[],
): number[] {
  if (order === 'name')
    return places.toSorted((a, b) => (columns[a] ?? '').localeCompare(columns[b] ?? '', 'en', { numeric: true }));
  if (order === 'declared') return [...places];
  const found = sizes();
  return places.toSorted((a, b) => (found[b] ?? 0) - (found[a] ?? 0));
}

/** How much a column does to all subjects together: the sum of its shares of the largest entry of each. */
export function columnSizes(table: Table): number[] {
  const width = table.columns.length;
  const scales = scalesOf(table, 'block');
  const most = table.blocks.map((_, b) => Math.max(...scales.subarray(b * width, (b + 1) * width)));
  return table.columns.map((_, j) =>
    most.reduce((sum, size, b) => sum + (size > 0 ? (scales[b * width + j] ?? 0) / size : 0), 0),
  );
}
