/** Every state and control over time, each on axes of its own: as they were at the start, as they are, and as they should be. */
import type { PlotData } from 'plotly.js';
import type { Bundle, Look as Seen } from '../../learning';
import { axisKey, axisName, dashes, type Figure, plainLayout } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import { extent, padded, type Range } from '../plots/axis';
import type { Size } from '../use-size';
import { contenderColour } from './loss-figure';
import type { Opened } from './protocol';
import { held, plainTicks } from './scales';

export interface Shown extends Pick<Opened, 'states' | 'controls' | 'times' | 'reference'> {
  /** [contenders] */
  readonly before: readonly (Seen | null)[];
  readonly now: readonly (Seen | null)[];
  /** Ends of the charts as they are on screen, [quantities]; empty: nothing is. */
  readonly ends: readonly Range[];
}

export interface Charts {
  readonly figure: Figure;
  readonly ends: readonly Range[];
}

/** Where a chart stands in the figure: its name is written above it. */
export interface Cell {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const margin = { left: 40, right: 8, top: 18, bottom: 18 };

/** A column of charts, or two where there are many or it is wide. */
export function cellsOf(names: readonly string[], { width, height }: Size): Cell[] {
  const columns = names.length > 3 ? 2 : 1;
  const rows = Math.ceil(names.length / columns);
  return names.map((name, i) => ({
    name,
    left: (i % columns) * (width / columns),
    top: Math.floor(i / columns) * (height / rows),
    width: width / columns,
    height: height / rows,
  }));
}

export function trajectoriesFigure(shown: Shown, size: Size, palette: Palette): Charts {
  const { states, controls, times } = shown;
  const layout = plainLayout(size, palette);
  const data: Partial<PlotData>[] = [];
  const ends: Range[] = [];
  cellsOf([...states, ...controls], size).forEach((cell, i) => {
    const curves = curvesOf(shown, i);
    const range = held(shown.ends[i], rangeOf(curves.map(({ values }) => values)));
    ends.push(range);
    const span: Range = { low: times[0] ?? 0, high: times.at(-1) ?? 1 };
    layout[axisKey('x', i)] = {
      domain: [(cell.left + margin.left) / size.width, (cell.left + cell.width - margin.right) / size.width],
      anchor: axisName('y', i),
      range: [span.low, span.high],
      fixedrange: true,
      showgrid: false,
      zeroline: false,
      showline: true,
      linecolor: palette.colour('var(--line-strong)'),
      ...plainTicks(span, Math.max(2, Math.round(cell.width / 70))),
    };
    layout[axisKey('y', i)] = {
      domain: [1 - (cell.top + cell.height - margin.bottom) / size.height, 1 - (cell.top + margin.top) / size.height],
      anchor: axisName('x', i),
      range: [range.low, range.high],
      fixedrange: true,
      gridcolor: palette.colour('var(--grid)'),
      zeroline: true,
      zerolinecolor: palette.colour('var(--zero)'),
      ...plainTicks(range, Math.max(2, Math.round(cell.height / 34))),
    };
    curves.forEach(({ values, pen }, place) => {
      const step = i >= states.length;
      const y = [...values];
      if (step) y.push(y.at(-1) ?? Number.NaN);
      data.push({
        type: 'scatter',
        mode: 'lines',
        uid: `${i}-${place}`,
        x: [...times.subarray(0, y.length)],
        y,
        line: { ...pen(palette), shape: step ? 'hv' : 'linear' },
        opacity: pen === was ? 0.45 : 1,
        xaxis: axisName('x', i),
        yaxis: axisName('y', i),
      });
    });
  });
  return { figure: { data, layout }, ends };
}

type Pen = (palette: Palette) => NonNullable<Partial<PlotData>['line']>;

const meant: Pen = (palette) => ({ color: palette.colour('var(--ink-2)'), width: 1.25, dash: dashes('4px,3px') });
const was: Pen = (palette) => ({ color: palette.colour('var(--bound)'), width: 1.25 });
const pens: readonly Pen[] = [0, 1].map((i) => (palette) => ({
  color: palette.colour(contenderColour(i)),
  width: 1.75,
}));

interface Curve {
  readonly values: Float64Array;
  readonly pen: Pen;
}

/** Of one quantity, in the order in which they are drawn. */
function curvesOf({ states, controls, reference, before, now }: Shown, quantity: number): Curve[] {
  const columnOf = ({ x, u }: Bundle): Float64Array[] =>
    quantity < states.length
      ? x.map((row) => column(row, states.length, quantity))
      : u.map((row) => column(row, controls.length, quantity - states.length));
  const drawn = (bundle: Bundle | null | undefined, pen: Pen): Curve[] =>
    bundle ? columnOf(bundle).map((values) => ({ values, pen })) : [];
  const count = now[0]?.trajectories.x.length ?? 0;
  return [
    ...drawn(before[0]?.trajectories, was),
    ...now.flatMap((look, i) => drawn(look?.trajectories, pens[i] ?? meant)).reverse(),
    ...drawn(reference, meant).slice(0, count),
  ];
}

function column(rows: Float64Array, width: number, index: number): Float64Array {
  return Float64Array.from({ length: rows.length / width }, (_, k) => rows[k * width + index] ?? Number.NaN);
}

/** In steps of an eighth of its size, so that it seldom moves. */
function rangeOf(values: readonly Float64Array[]): Range {
  const { low, high } = padded(extent(...values) ?? { low: -1, high: 1 });
  const step = 2 ** Math.floor(Math.log2((high - low) / 4));
  return { low: Math.floor(low / step) * step, high: Math.ceil(high / step) * step };
}
