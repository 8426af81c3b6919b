/** The exact value of the chosen cell, next to it; read aloud when it is reached by keyboard. */
import type { Measure } from '../../sharing';
import { formatNumber } from '../format';
import { cellName } from './cell-names';
import { blockAt, type Cell, type Table, valueAt } from './cells';
import { units } from './weights';

interface Props {
  readonly table: Table;
  readonly cell: Cell | null;
  readonly measure: Measure;
  readonly t: Float64Array;
  /** More about the cell, where there is more to say. */
  readonly remark?: string | null;
}

export function CellReading({ table, cell, measure, t, remark = null }: Props) {
  if (!cell || !blockAt(table, cell.row)) return <output className="reading-box" hidden />;
  const value = valueAt(table, cell);
  // On the side of the cell where there is room.
  const down = cell.row < table.rows / 2;
  const right = cell.column < table.columns.length / 2;
  return (
    <output
      className="reading-box"
      data-testid="heatmap-reading"
      style={{
        [down ? 'top' : 'bottom']: `calc(${(100 * (down ? cell.row + 1 : table.rows - cell.row)) / table.rows}% + 6px)`,
        [right ? 'left' : 'right']:
          `calc(${(100 * (right ? cell.column + 1 : table.columns.length - cell.column)) / table.columns.length}% + 6px)`,
      }}
    >
      <span className="what">{cellName(table, cell)}</span>
      <strong>
        {Number.isNaN(value) ? 'no value' : `${formatNumber(value, measure === 'absolute' ? 9 : 6)}${units[measure]}`}
      </strong>
      <Where table={table} cell={cell} t={t} />
      {remark !== null && <span className="remark">{remark}</span>}
    </output>
  );
}

function Where({ table, cell, t }: { readonly table: Table; readonly cell: Cell; readonly t: Float64Array }) {
  const block = blockAt(table, cell.row);
  if (!block || block.subject.kind === 'gradient' || block.subject.kind === 'hessian') return null;
  const stage = cell.row - block.start;
  return (
    <span className="where">
      stage {stage}, t = {formatNumber(t[stage] ?? 0)}
    </span>
  );
}
