/**
 * The map of all derivatives, and above the drawing what answers pointer and keys: they choose a cell, whose value is read
 * beside it; a click or Enter shows its derivative over time.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useMemo, useState } from 'react';
import type { Measure } from '../../sharing';
import { Plot } from '../plotly/Plot';
import { usePalette } from '../plotly/palette';
import { showDerivative } from '../state/actions';
import { useWorkbench } from '../state/store';
import { pointAt, useTimeCursor } from '../state/time-cursor';
import { useSize } from '../use-size';
import { CellReading } from './CellReading';
import { blockAt, type Cell, type Table } from './cells';
import { chooseCell } from './check/chosen-cell';
import { Hatching } from './Hatching';
import { cellsFigure, labelsFigure, marginsOf } from './heatmap-figure';
import { PointedMarks } from './PointedMarks';
import { isObjective } from './subjects';

interface Props {
  readonly table: Table;
  readonly scales: Float64Array;
  readonly measure: Measure;
  readonly t: Float64Array;
  /** Parallel to the entries; those not to be trusted are hatched. */
  readonly doubtful?: Uint8Array | null;
  /** Laid along the upper edge of the columns. */
  readonly columnMarks?: ReactNode;
  /** More to read about a cell. */
  readonly remark?: ((cell: Cell) => string | null) | undefined;
  /** Without names at the left, beside a map that has them. */
  readonly bare?: boolean;
  /** Names the map for those who do not see it, where there are several. */
  readonly label?: string;
}

export function Heatmap({
  table,
  scales,
  measure,
  t,
  doubtful = null,
  columnMarks,
  remark,
  bare = false,
  label = 'Heatmap',
}: Props) {
  const palette = usePalette();
  const [ref, size] = useSize<HTMLDivElement>();
  const [chosen, setChosen] = useState<Cell | null>(null);
  const derivative = useWorkbench((state) => state.view.derivative);
  const { rows, columns, blocks } = table;
  const pointed = useTimeCursor(({ column }) => (column === null ? -1 : columns.indexOf(column)));

  const room = size && size.width > 100 && size.height > 100 ? size : null;
  const labels = useMemo(() => room && labelsFigure(table, t, room, palette, bare), [table, t, room, palette, bare]);
  const cells = useMemo(
    () => room && cellsFigure(table, scales, room, palette, devicePixelRatio, bare),
    [table, scales, room, palette, bare],
  );
  const { left, top, across } = marginsOf(table, size ?? { width: 0, height: 0 }, bare);

  const cell = chosen && chosen.row < rows && chosen.column < columns.length ? chosen : null;
  const choose = (next: Cell | null) => {
    setChosen(next);
    const block = next && blockAt(table, next.row);
    const along = next && block && !isObjective(block.subject);
    const quantity = along ? block.subject.id : null;
    pointAt(along ? next.row - block.start : null, { quantity, column: (next && columns[next.column]) ?? null });
  };
  const cellAt = (event: PointerEvent<HTMLElement>): Cell => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      row: index((event.clientY - box.top) / box.height, rows),
      column: index((event.clientX - box.left) / box.width, columns.length),
    };
  };
  const show = ({ row, column }: Cell) => {
    const subject = blockAt(table, row)?.subject;
    const name = columns[column];
    if (!subject || name === undefined) return;
    chooseCell({ subject: subject.id, row: row - (blockAt(table, row)?.start ?? 0), column: name });
    if (!isObjective(subject)) showDerivative(subject.id, name);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') {
      if (cell) show(cell);
    } else if (event.key === 'Escape') choose(null);
    else {
      const step = keySteps[event.key];
      if (!step) return;
      const from = cell ?? { row: -step[0], column: -step[1] };
      choose({ row: clamp(from.row + step[0], rows), column: clamp(from.column + step[1], columns.length) });
    }
    event.preventDefault();
  };
  const selected = derivative && {
    column: columns.indexOf(derivative.column),
    block: blocks.find(({ subject }) => subject.id === derivative.quantity),
  };

  return (
    <div className="heatmap" ref={ref}>
      <div className="no-value" style={{ left, top }} />
      {cells && <Plot figure={cells} patient />}
      {labels && <Plot figure={labels} />}
      {pointed >= 0 && (
        <span
          className={across ? 'column-chosen' : 'column-chosen upwards'}
          style={{ left: `calc(${left}px + (100% - ${left}px) * ${(pointed + 0.5) / columns.length})`, top }}
          aria-hidden="true"
        >
          {columns[pointed]}
        </span>
      )}
      <div
        className="cells"
        style={{ left, top }}
        data-testid="heatmap"
        role="application"
        aria-label={`${label} of ${rows} by ${columns.length} derivatives. Arrow keys choose a cell, Enter shows its derivative over time.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: cells are chosen from here
        tabIndex={0}
        onPointerMove={(event) => choose(cellAt(event))}
        onPointerDown={(event) => choose(cellAt(event))}
        onPointerLeave={(event) => event.pointerType === 'mouse' && choose(null)}
        onClick={() => cell && show(cell)}
        onKeyDown={keyDown}
        onBlur={() => choose(null)}
      >
        {doubtful && room && (
          <Hatching
            mask={doubtful}
            rows={rows}
            columns={columns.length}
            size={{ width: room.width - left, height: room.height - top }}
          />
        )}
        {columnMarks}
        {selected?.block && selected.column >= 0 && (
          <span
            className="selected"
            style={{
              top: percent(selected.block.start / rows),
              height: percent(selected.block.rows / rows),
              left: percent(selected.column / columns.length),
              width: percent(1 / columns.length),
            }}
          />
        )}
        {!cell && <PointedMarks table={table} />}
        {cell && (
          <span
            className="chosen"
            style={{
              top: percent(cell.row / rows),
              height: percent(1 / rows),
              left: percent(cell.column / columns.length),
              width: percent(1 / columns.length),
            }}
          />
        )}
        <CellReading table={table} cell={cell} measure={measure} t={t} remark={cell && (remark?.(cell) ?? null)} />
      </div>
    </div>
  );
}

const keySteps: Record<string, readonly [number, number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [10, 0],
  PageUp: [-10, 0],
};

function index(fraction: number, count: number): number {
  return clamp(Math.floor(fraction * count), count);
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}

function percent(fraction: number): string {
  return `${100 * fraction}%`;
}
