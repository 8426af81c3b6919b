/**
 * Charts over time as one figure, each on axes of its own at the place that the page gives it: one figure takes half the
 * time of many. All that moves during a drag is data (bounds and forbidden strips too), never layout.
 */
import type { Layout, LayoutAxis, PlotData } from 'plotly.js';
import { formatNumber } from '../format';
import { axisKey, axisName, dashes, type Figure, plainLayout } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import type { Size } from '../use-size';
import { scaleTicks, ticks } from './axis';
import { boundTraces } from './bounds';
import type { Chart } from './chart';
import type { Frame, Place } from './frame';

export interface Subplot {
  readonly chart: Chart;
  readonly place: Place;
  readonly frame: Frame;
}

/** Beyond this many the points would run into one another. */
const manyPoints = 80;

export function trajectoryFigure(
  subplots: readonly Subplot[],
  size: Size,
  palette: Palette,
  /** The values are those of an iterate, not of a solution. */
  unsolved: boolean,
): Figure {
  const layout: Partial<Layout> = plainLayout(size, palette);
  const data: Partial<PlotData>[] = [];
  subplots.forEach((subplot, i) => {
    layout[axisKey('x', i)] = timeAxis(subplot, i, size, palette);
    layout[axisKey('y', i)] = valueAxis(subplot, i, size, palette);
    const traces = [
      ...boundTraces(subplot, palette),
      ...ghostTraces(subplot, palette),
      trace(subplot, palette, unsolved),
    ];
    data.push(
      ...traces.map((each, place) => ({
        ...each,
        type: 'scatter' as const,
        uid: `${i}-${place}`,
        xaxis: axisName('x', i),
        yaxis: axisName('y', i),
      })),
    );
  });
  return { data, layout };
}

function trace({ chart }: Subplot, palette: Palette, unsolved: boolean): Partial<PlotData> {
  const { name, values, step } = chart;
  const color = palette.colour(chart.colour);
  const points = !step && values.length <= manyPoints;
  return {
    name,
    ...path(chart, values),
    mode: points ? 'lines+markers' : 'lines',
    line: { color, width: 1.75, shape: step ? 'hv' : 'linear', dash: unsolved ? dashes('1px,3px') : 'solid' },
    ...(points ? { marker: { color, size: 4, line: { width: 0 } } } : {}),
    cliponaxis: false,
  };
}

function ghostTraces({ chart }: Subplot, palette: Palette): Partial<PlotData>[] {
  if (!chart.ghost) return [];
  const color = palette.colour(chart.colour);
  const line = { color, width: 1.25, shape: chart.step ? ('hv' as const) : ('linear' as const) };
  return [{ ...path(chart, chart.ghost), mode: 'lines', line, opacity: 0.4 }];
}

/** A step needs an end: the last value holds until the next stage. */
function path({ t, from, step }: Chart, values: Float64Array): { readonly x: number[]; readonly y: number[] } {
  const y = [...values];
  if (step) y.push(y[y.length - 1] ?? Number.NaN);
  return { x: [...t.subarray(from, from + y.length)], y };
}

function timeAxis({ place, frame }: Subplot, index: number, size: Size, palette: Palette): Partial<LayoutAxis> {
  const { left, right, time } = frame;
  const tickvals = ticks(time, Math.max(2, Math.round((right - left) / 70)));
  return {
    domain: [within((place.left + left) / size.width), within((place.left + right) / size.width)],
    anchor: axisName('y', index),
    range: [time.low, time.high],
    fixedrange: true,
    showgrid: false,
    zeroline: false,
    showline: true,
    linecolor: palette.colour('var(--line-strong)'),
    linewidth: 1,
    ticks: 'outside',
    ticklen: 3,
    tickcolor: palette.colour('var(--line-strong)'),
    tickangle: 0,
    tickvals,
    ticktext: tickvals.map((tick) => formatNumber(tick)),
  };
}

function valueAxis({ place, frame }: Subplot, index: number, size: Size, palette: Palette): Partial<LayoutAxis> {
  const { top, bottom, value } = frame;
  const tickvals = scaleTicks(value, Math.max(3, Math.round((bottom - top) / 26)));
  return {
    domain: [within(1 - (place.top + bottom) / size.height), within(1 - (place.top + top) / size.height)],
    anchor: axisName('x', index),
    range: [value.low, value.high],
    fixedrange: true,
    gridcolor: palette.colour('var(--grid)'),
    gridwidth: 1,
    zeroline: true,
    zerolinecolor: palette.colour('var(--zero)'),
    zerolinewidth: 1,
    ticks: '',
    ticklabelstandoff: 3,
    tickvals,
    ticktext: tickvals.map((tick) => formatNumber(tick)),
  } as Partial<LayoutAxis>;
}

function within(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
