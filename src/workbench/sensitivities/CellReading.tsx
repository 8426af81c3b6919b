/** The exact value of the chosen cell, next to it; read aloud when it is reached by keyboard. */
import { formatNumber } from '../format';
import { blockAt, type Cell, type Table } from './cells';

interface Props {
  readonly table: Table;
  readonly cell: Cell | null;
  readonly measure: 'absolute' | 'relative';
  readonly t: Float64Array;
}

export function CellReading({ table, cell, measure, t }: Props) {
  const block = cell && blockAt(table, cell.row);
  if (!cell || !block) return <output className="reading-box" hidden />;
  const stage = cell.row - block.start;
  const column = table.columns[cell.column];
  const value = table.values[cell.row * table.columns.length + cell.column] ?? Number.NaN;
  const inUnits = measure === 'relative' ? `${formatNumber(value, 6)} % per %` : formatNumber(value, 9);
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
      <span className="what">
        ∂{block.quantity.name}/∂{column}
      </span>
      <strong>{Number.isNaN(value) ? 'none: the value is zero' : inUnits}</strong>
      <span className="where">
        stage {stage}, t = {formatNumber(t[stage] ?? 0)}
      </span>
    </output>
  );
}
