/** A quantity over one swept value; the derivatives that come with each solution are its tangents. */
import type { PlotData } from 'plotly.js';
import type { SweepAxis } from '../../sharing';
import { type Figure, plainLayout } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import type { Size } from '../use-size';
import { heightAxis, lengthAt, margin, shareOf, spanOf, sweptAxis } from './axes';

export interface Curve {
  readonly axis: SweepAxis;
  /** In order. */
  readonly at: Float64Array;
  /** Not a number where nothing has arrived, or there is no solution. */
  readonly values: Float64Array;
  /** Null: without tangents. */
  readonly slopes: Float64Array | null;
}

/** Tangents are so far apart, and so long, in pixels. */
const apart = 46;
const long = 40;

export function curveFigure({ axis, at, values, slopes }: Curve, size: Size, palette: Palette): Figure {
  const span = spanOf(values);
  const accent = palette.colour('var(--accent)');
  const orange = palette.colour('var(--trace-2)');
  const tangents = slopes ? tangentsOf({ axis, at, values, slopes }, size, span.high - span.low) : { x: [], y: [] };
  return {
    data: [
      {
        x: Array.from(at, (value) => shareOf(axis, value)),
        y: values,
        type: 'scatter',
        mode: 'lines+markers',
        line: { color: accent, width: 1.75 },
        marker: { color: accent, size: at.length > 80 ? 3 : 4.5 },
      },
      { ...tangents, type: 'scatter', mode: 'lines', line: { color: orange, width: 2.25 } },
    ],
    layout: {
      ...plainLayout(size, palette),
      xaxis: sweptAxis('x', axis, size, palette),
      yaxis: heightAxis(span, size, palette),
    },
  };
}

/** Short straight pieces that touch the curve, as one trace with gaps. */
export function tangentsOf(
  { axis, at, values, slopes }: Curve & { readonly slopes: Float64Array },
  size: Size,
  height: number,
): Pick<PlotData, 'x' | 'y'> {
  const [width, up] = [size.width - margin.left - margin.right, size.height - margin.top - margin.bottom];
  const x: number[] = [];
  const y: number[] = [];
  const every = Math.max(1, Math.ceil((apart * at.length) / width));
  for (let i = Math.floor(every / 2); i < at.length; i += every) {
    const [p = 0, value = 0, slope = Number.NaN] = [at[i], values[i], slopes[i]];
    if (!Number.isFinite(slope) || !Number.isFinite(value)) continue;
    const rise = slope * lengthAt(axis, p);
    const half = long / 2 / Math.hypot(width, (rise * up) / height);
    const middle = shareOf(axis, p);
    x.push(middle - half, middle + half, Number.NaN);
    y.push(value - rise * half, value + rise * half, Number.NaN);
  }
  return { x, y };
}

export interface Change {
  /** Along the axis, from 0 to 1: in the middle between two neighbours. */
  readonly share: number;
  /** The active sets on either side, as places among the labels. */
  readonly before: number;
  readonly after: number;
}

/** Where neighbours have other active sets. */
export function changesOf(axis: SweepAxis, at: Float64Array, labels: Int32Array, unknown: number): Change[] {
  const found: Change[] = [];
  for (let i = 1; i < at.length; i++) {
    const [before = -1, after = -1] = [labels[i - 1], labels[i]];
    const known = before >= 0 && after >= 0 && before !== unknown && after !== unknown;
    if (!known || before === after) continue;
    found.push({ share: (shareOf(axis, at[i - 1] ?? 0) + shareOf(axis, at[i] ?? 0)) / 2, before, after });
  }
  return found;
}
