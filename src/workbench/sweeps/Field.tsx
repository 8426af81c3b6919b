/**
 * A drawing of the instances of a sweep, and above it what answers pointer and keys: they choose an instance, which is
 * read below; a click or Enter opens it in the workbench.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { ExportMenu } from '../exports/ExportMenu';
import type { Figure } from '../plotly/figure';
import { Plot } from '../plotly/Plot';
import { usePalette } from '../plotly/palette';
import { type Size, useSize } from '../use-size';
import { margin } from './axes';
import { openInstance } from './opening';
import { Reading } from './Reading';
import { sweepExport } from './sweep-export';
import type { Run } from './sweeping';

/** Where instances are in a drawing, in shares of it from its left and from its lower edge. */
export interface Places {
  /** Null: there is none near. */
  nearest(x: number, y: number): number | null;
  /** Null: it is not drawn. */
  of(row: number): { readonly x: number; readonly y: number } | null;
  /** The neighbour in a direction; from null, the first. */
  next(row: number | null, across: number, up: number): number | null;
}

interface Props {
  readonly run: Run;
  readonly quantity: string;
  readonly label: string;
  /** Layers, the first below; each is drawn anew only where it is another object. */
  readonly figures: (size: Size) => readonly Figure[];
  readonly places: Places;
  /** Within the drawing: `left` and `bottom` in per cent. */
  readonly marks?: ReactNode;
  /** Beside the drawing, and below it. */
  readonly beside?: ReactNode;
  readonly names: { readonly across: string; readonly up: string };
}

export function Field({ run, quantity, label, figures, places, marks, beside, names }: Props) {
  const [ref, size] = useSize<HTMLDivElement>();
  const palette = usePalette();
  const [chosen, setChosen] = useState<number | null>(null);
  const row = chosen !== null && chosen < run.table.count ? chosen : null;
  const place = row === null ? null : places.of(row);
  const rowAt = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, bottom, width, height } = currentTarget.getBoundingClientRect();
    return places.nearest((clientX - left) / width, (bottom - clientY) / height);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setChosen(null);
    else if (event.key === 'Enter' || event.key === ' ') {
      if (row !== null) openInstance(run, row);
    } else {
      const step = keySteps[event.key];
      if (!step) return;
      setChosen(places.next(row, step[0], step[1]));
    }
    event.preventDefault();
  };
  const room = size && size.width > 120 && size.height > 100 ? size : null;
  return (
    <div className="sweep-look">
      <div className="sweep-drawing">
        <div className="sweep-chart" ref={ref} data-testid="sweep-chart">
          {/* biome-ignore lint/suspicious/noArrayIndexKey: always the same layers in the same order */}
          {room && figures(room).map((figure, layer) => <Plot key={layer} figure={figure} />)}
          <span className="sweep-name up">{names.up}</span>
          <span className="sweep-name across">{names.across}</span>
          <div
            className="sweep-field"
            style={{ inset: `${margin.top}px ${margin.right}px ${margin.bottom}px ${margin.left}px` }}
            data-testid="sweep-field"
            role="application"
            aria-label={`${label}. Arrow keys choose an instance, Enter opens it in the workbench.`}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: instances are chosen from here
            tabIndex={0}
            onPointerMove={(event) => setChosen(rowAt(event))}
            onPointerDown={(event) => setChosen(rowAt(event))}
            onPointerLeave={(event) => event.pointerType === 'mouse' && setChosen(null)}
            onClick={() => row !== null && openInstance(run, row)}
            onKeyDown={keyDown}
          >
            {marks}
            {place && (
              <span
                className="sweep-chosen"
                style={{ left: `${100 * place.x}%`, bottom: `${100 * place.y}%` }}
                data-testid="sweep-chosen"
              />
            )}
          </div>
        </div>
        {beside}
      </div>
      <div className="sweep-foot">
        <Reading run={run} row={row} quantity={quantity} />
        <ExportMenu label="Save the sweep" from={() => sweepExport(run, label, figures, palette)} />
      </div>
    </div>
  );
}

const keySteps: Record<string, readonly [number, number]> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
};
