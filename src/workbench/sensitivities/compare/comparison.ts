/** Two tables of the same cells, entry by entry. */
import { type Cell, largest, scalesOf, type Table } from '../cells';

export interface Comparison {
  /** Second less first. */
  readonly difference: Table;
  /** Where they differ most, in units of the largest entry of block and column; null where nothing can be compared. */
  readonly worst: { readonly cell: Cell; readonly share: number } | null;
}

/** A column this much smaller than the largest of its block is zero but for rounding. */
const negligible = 1e-6;

export function compare(first: Table, second: Table): Comparison {
  const width = first.columns.length;
  const shares = sharesOf(first);
  let worst: Comparison['worst'] = null;
  const values = first.values.map((value, at) => {
    const difference = (second.values[at] ?? Number.NaN) - value;
    const share = Math.abs(difference) / (shares[at] ?? Number.NaN);
    if (share > (worst?.share ?? -1)) worst = { cell: { row: Math.floor(at / width), column: at % width }, share };
    return difference;
  });
  return { difference: { ...first, values }, worst };
}

/** For each entry, the size that a difference is measured by. */
export function sharesOf(table: Table): Float64Array {
  const width = table.columns.length;
  const scales = scalesOf(table, 'block');
  const shares = new Float64Array(table.values.length);
  table.blocks.forEach(({ start, rows }, b) => {
    const own = scales.subarray(b * width, (b + 1) * width);
    const least = negligible * largest(own) || 1;
    for (let row = start; row < start + rows; row++)
      for (let j = 0; j < width; j++) shares[row * width + j] = Math.max(own[j] ?? 0, least);
  });
  return shares;
}
