/** What finite differences say about the table on screen, cell by cell and column by column. */
import type { Checked } from '../../state/checking';
import type { Table } from '../cells';
import { sharesOf } from '../compare/comparison';

/** Differences above this share of the largest entry of block and column are none of rounding. */
export const tolerance = 1e-4;
/** And above this multiple of the error that the differences themselves are estimated to have. */
const doubt = 3;

export interface ColumnVerdict {
  readonly name: string;
  readonly agrees: boolean;
  /** Largest difference, in units of the largest entry of block and column. */
  readonly worst: number;
  readonly checked: Checked;
}

export interface Verdict {
  /** [rows][columns]; 1: differs. */
  readonly mismatches: Uint8Array;
  /** Those of the columns shown that have been checked. */
  readonly columns: readonly ColumnVerdict[];
}

/** `checked`: by name of the column. `differences`: the same table, of finite differences; NaN where there are none. */
export function verdictOf(table: Table, differences: Table, checked: ReadonlyMap<string, Checked>): Verdict {
  const width = table.columns.length;
  const shares = sharesOf(table);
  const mismatches = new Uint8Array(table.values.length);
  const columns = table.columns.flatMap((name, j): ColumnVerdict[] => {
    const found = checked.get(name);
    if (!found) return [];
    const limit = Math.max(tolerance, doubt * found.column.error);
    let worst = 0;
    for (const { subject, start, rows } of table.blocks) {
      // The Hessian is not differentiated twice.
      if (subject.kind === 'hessian') continue;
      for (let row = 0; row < rows; row++) {
        if (found.only && (found.only.subject !== subject.id || found.only.row !== row)) continue;
        const at = (start + row) * width + j;
        const share =
          Math.abs((differences.values[at] ?? Number.NaN) - (table.values[at] ?? Number.NaN)) / (shares[at] ?? 1);
        if (!(share > limit)) {
          worst = Math.max(worst, share || 0);
          continue;
        }
        worst = Math.max(worst, share);
        mismatches[at] = 1;
      }
    }
    return [{ name, agrees: worst <= limit && found.column.changes.length === 0, worst, checked: found }];
  });
  return { mismatches, columns };
}
