/** The trajectories of one variable: some of them, and the bands that hold so many of all. */
import type { PlotData } from 'plotly.js';
import { quantiles } from '../../batch';
import { type Figure, plainLayout } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import type { Range } from '../plots/axis';
import type { Size } from '../use-size';
import { heightAxis, numberAxis } from './axes';

/** Edges of the bands of nine tenths and of a half, and the median. */
export const shares = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

export interface Ensemble {
  /** A column for each stage, a value for each instance. */
  readonly stages: readonly Float64Array[];
  /** Controls hold over a step. */
  readonly stepped: boolean;
  /** Instances that are drawn one by one. */
  readonly drawn: readonly number[];
}

/** [shares][stages] */
export function bandsOf({ stages }: Ensemble): number[][] {
  const found = stages.map((values) => quantiles(values, shares));
  return shares.map((_, i) => found.map((each) => each[i] ?? Number.NaN));
}

export function bandsFigure(
  { stages, stepped, drawn }: Ensemble,
  bands: readonly (readonly number[])[],
  span: Range,
  size: Size,
  palette: Palette,
): Figure {
  const at = stages.map((_, k) => k);
  const shape = stepped ? 'hv' : 'linear';
  const accent = palette.colour('var(--accent)');
  const plain = { type: 'scatter', mode: 'lines', hoverinfo: 'skip' } as const;
  const band = (lower: number, upper: number, opacity: number): Partial<PlotData>[] => [
    { ...plain, x: at, y: [...(bands[lower] ?? [])], line: { width: 0, shape } },
    {
      ...plain,
      x: at,
      y: [...(bands[upper] ?? [])],
      line: { width: 0, shape },
      fill: 'tonexty',
      fillcolor: accent.replace(/rgb\((.*)\)/, `rgba($1, ${opacity})`),
    },
  ];
  const single: Partial<PlotData> = {
    ...plain,
    x: drawn.flatMap(() => [...at, Number.NaN]),
    y: drawn.flatMap((row) => [...stages.map((values) => values[row] ?? Number.NaN), Number.NaN]),
    line: { color: palette.colour('var(--ink-3)'), width: 0.6, shape },
    opacity: 0.45,
  };
  return {
    data: [
      ...band(0, 4, 0.16),
      ...band(1, 3, 0.26),
      single,
      { ...plain, x: at, y: [...(bands[2] ?? [])], line: { color: accent, width: 2.25, shape } },
    ],
    layout: {
      ...plainLayout(size, palette),
      xaxis: numberAxis({ low: 0, high: Math.max(1, stages.length - 1) }, size, palette),
      yaxis: heightAxis(span, size, palette),
    },
  };
}
