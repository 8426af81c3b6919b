/**
 * The map of all derivatives: time runs down, block by block; one column for each parameter and initial state. A canvas for
 * the colours, HTML for what is read. Pointer or arrow keys choose a cell; a click or Enter shows its derivative over time.
 */
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { showDerivative } from '../state/actions';
import { useWorkbench } from '../state/store';
import { useIsDark } from '../state/theme';
import { pointAt } from '../state/time-cursor';
import { useSize } from '../use-size';
import { CellReading } from './CellReading';
import { blockAt, type Cell, type Table } from './cells';
import { diverging } from './colours';
import { ColumnLabels, RowLabels } from './HeatmapLabels';
import { paint } from './paint';

interface Props {
  readonly table: Table;
  readonly scales: Float64Array;
  readonly measure: 'absolute' | 'relative';
  readonly t: Float64Array;
}

export function Heatmap({ table, scales, measure, t }: Props) {
  const dark = useIsDark();
  const colours = useMemo(() => diverging(dark ? 'dark' : 'light'), [dark]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [area, size] = useSize<HTMLDivElement>();
  const [chosen, setChosen] = useState<Cell | null>(null);
  const derivative = useWorkbench((state) => state.view.derivative);
  const { rows, columns, blocks } = table;

  useLayoutEffect(() => {
    if (!canvas.current || !size) return;
    const ratio = devicePixelRatio;
    const most = { width: Math.round(size.width * ratio), height: Math.round(size.height * ratio) };
    paint(canvas.current, table, scales, colours, most);
  }, [table, scales, colours, size]);

  const cell = chosen && chosen.row < rows && chosen.column < columns.length ? chosen : null;
  const choose = (next: Cell | null) => {
    setChosen(next);
    const block = next && blockAt(table, next.row);
    pointAt(next && block ? next.row - block.start : null);
  };
  const cellAt = (event: PointerEvent<HTMLElement>): Cell => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      row: index((event.clientY - box.top) / box.height, rows),
      column: index((event.clientX - box.left) / box.width, columns.length),
    };
  };
  const show = ({ row, column }: Cell) => {
    const quantity = blockAt(table, row)?.quantity.name;
    const name = columns[column];
    if (quantity !== undefined && name !== undefined) showDerivative(quantity, name);
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
    block: blocks.find(({ quantity }) => quantity.name === derivative.quantity),
  };

  return (
    <div className="heatmap">
      <ColumnLabels columns={columns} width={size?.width ?? 0} chosen={cell?.column ?? null} />
      <RowLabels table={table} t={t} height={size?.height ?? 0} />
      <div
        ref={area}
        className="cells"
        data-testid="heatmap"
        role="application"
        aria-label={`Heatmap of ${rows} by ${columns.length} derivatives. Arrow keys choose a cell, Enter shows its derivative over time.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: cells are chosen from here
        tabIndex={0}
        onPointerMove={(event) => choose(cellAt(event))}
        onPointerDown={(event) => choose(cellAt(event))}
        onPointerLeave={(event) => event.pointerType === 'mouse' && choose(null)}
        onClick={() => cell && show(cell)}
        onKeyDown={keyDown}
        onBlur={() => choose(null)}
      >
        <canvas ref={canvas} />
        {blocks.slice(1).map(({ quantity, start }) => (
          <span key={`${quantity.kind} ${quantity.name}`} className="divider" style={{ top: percent(start / rows) }} />
        ))}
        {selected?.block && selected.column >= 0 && (
          <span
            className="selected"
            style={{
              top: percent(selected.block.start / rows),
              height: percent(selected.block.quantity.stages / rows),
              left: percent(selected.column / columns.length),
              width: percent(1 / columns.length),
            }}
          />
        )}
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
        <CellReading table={table} cell={cell} measure={measure} t={t} />
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
