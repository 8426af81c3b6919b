/** The place of a chart on the page: its name, what it means, its value at the time cursor, and room for the drawing. */
import type { PointerEvent } from 'react';
import { ExportMenu } from '../exports/ExportMenu';
import type { Exportable } from '../exports/exportable';
import { formatNumber } from '../format';
import { pointAt, useTimeCursor } from '../state/time-cursor';
import { Cursor } from './Cursor';
import type { Chart } from './chart';
import { type Frame, stageAt } from './frame';

interface Props {
  readonly chart: Chart;
  /** Null while it is not on screen. */
  readonly frame: Frame | null;
  readonly exported: () => Exportable;
}

export function PlotCard({ chart, frame, exported }: Props) {
  const { testId, name, description, label, colour, t, step } = chart;
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (!frame) return;
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    pointAt(stageAt(frame, t, x, step), { quantity: chart.quantity, column: chart.column });
  };
  const pointed = useTimeCursor(({ quantity }) => quantity !== null && quantity === chart.quantity);
  return (
    <figure className="plot" data-testid={testId} data-pointed={pointed || undefined}>
      <figcaption>
        <span className="swatch" style={{ background: colour }} aria-hidden="true" />
        <span className="name">{name}</span>
        <span className="description" title={description}>
          {description}
        </span>
        <ValueAtCursor chart={chart} />
        <ExportMenu label={`Save the plot of ${name}`} from={exported} />
      </figcaption>
      <div
        className="chart"
        role="img"
        aria-label={label}
        onPointerMove={move}
        onPointerDown={move}
        onPointerLeave={() => pointAt(null)}
      >
        {frame && <Cursor chart={chart} frame={frame} />}
      </div>
    </figure>
  );
}

function ValueAtCursor({ chart }: { readonly chart: Chart }) {
  const stage = useTimeCursor((cursor) => cursor.stage);
  const value = stage === null ? undefined : chart.values[stage - chart.from];
  return value === undefined ? null : <output className="reading">{formatNumber(value, 5)}</output>;
}
