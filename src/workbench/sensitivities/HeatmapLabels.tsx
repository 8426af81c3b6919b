/** The names along the edges of the heatmap, as many as there is room for. */
import { formatNumber } from '../format';
import { ticks } from '../plots/axis';
import type { Table } from './cells';

const labelHeight = 13;
/** Wide enough columns have their names written across, others upwards. */
const acrossFrom = 46;

interface ColumnProps {
  readonly columns: readonly string[];
  readonly width: number;
  readonly chosen: number | null;
}

export function ColumnLabels({ columns, width, chosen }: ColumnProps) {
  const room = width / columns.length;
  const across = room >= acrossFrom;
  const every = across ? 1 : Math.max(1, Math.ceil(labelHeight / Math.max(room, 0.1)));
  return (
    <div className={across ? 'column-labels across' : 'column-labels'} aria-hidden="true">
      {columns.map((column, i) =>
        i % every === 0 || i === chosen ? (
          <span
            key={column}
            className="column-label"
            data-chosen={i === chosen || undefined}
            style={{ left: `${(100 * (i + 0.5)) / columns.length}%` }}
          >
            {column}
          </span>
        ) : null,
      )}
    </div>
  );
}

interface RowProps {
  readonly table: Table;
  readonly t: Float64Array;
  readonly height: number;
}

export function RowLabels({ table, t, height }: RowProps) {
  const { blocks, rows } = table;
  const only = blocks.length === 1 ? blocks[0] : undefined;
  if (only) {
    const last = Math.max(0, only.quantity.stages - 1);
    const stages = ticks({ low: 0, high: last }, Math.max(2, Math.round(height / 40))).filter(Number.isInteger);
    return (
      <div className="row-labels" aria-hidden="true">
        {stages.map((stage) => (
          <span key={stage} className="row-label time" style={{ top: `${(100 * (stage + 0.5)) / rows}%` }}>
            {formatNumber(t[stage] ?? 0, 3)}
          </span>
        ))}
      </div>
    );
  }
  return (
    <div className="row-labels" aria-hidden="true">
      {blocks.map(({ quantity, start }) =>
        (height * quantity.stages) / rows < labelHeight ? null : (
          <span
            key={`${quantity.kind} ${quantity.name}`}
            className="row-label"
            style={{ top: `${(100 * (start + quantity.stages / 2)) / rows}%` }}
          >
            <i className="swatch" style={{ background: quantity.colour }} />
            {quantity.name}
          </span>
        ),
      )}
    </div>
  );
}
