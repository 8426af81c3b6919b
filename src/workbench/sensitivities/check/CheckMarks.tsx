/** A mark above every column that has been checked: agrees, or does not. */
import type { Table } from '../cells';
import type { Verdict } from './verdict';

interface Props {
  readonly table: Table;
  readonly verdict: Verdict;
}

export function CheckMarks({ table, verdict }: Props) {
  const width = table.columns.length;
  return verdict.columns.map(({ name, agrees }) => (
    <span
      key={name}
      className="check-mark"
      data-agrees={agrees}
      style={{ left: `${(100 * table.columns.indexOf(name)) / width}%`, width: `${100 / width}%` }}
    />
  ));
}
