/**
 * Charts over time, each on axes of its own at the place that the page gives it, all of them in two figures that lie one
 * upon the other: the axes, which stand still during a drag, and the lines, which follow it. Many figures would take several
 * times as long to draw, and so would axes that are drawn anew with the lines.
 */
import type { Layout, LayoutAxis, PlotData } from 'plotly.js';
import { formatNumber } from '../format';
import { axisKey, axisName, dashes, type Figure, lineAxis, plainLayout } from '../plotly/figure';
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

/** Axes and grid, and the values as they were before a drag. */
export function axesFigure(subplots: readonly Subplot[], size: Size, palette: Palette): Figure {
  const layout: Partial<Layout> = plainLayout(size, palette);
  subplots.forEach((subplot, i) => {
    layout[axisKey('x', i)] = timeAxis(subplot, i, size, palette);
    layout[axisKey('y', i)] = valueAxis(subplot, i, size, palette);
  });
  return { data: subplots.map((subplot, i) => on(i, 0, ghost(subplot, palette))), layout };
}

/** The values, their prediction and their bounds, on the same axes, which are not shown again. */
export function linesFigure(
  subplots: readonly Subplot[],
  size: Size,
  palette: Palette,
  /** The values are those of an iterate, not of a solution. */
  unsolved: boolean,
): Figure {
  const layout: Partial<Layout> = plainLayout(size, palette);
  subplots.forEach((subplot, i) => {
    const { time, value } = subplot.frame;
    layout[axisKey('x', i)] = { ...timePlace(subplot, i, size), range: [time.low, time.high], visible: false };
    layout[axisKey('y', i)] = { ...valuePlace(subplot, i, size), range: [value.low, value.high], visible: false };
  });
  const data = subplots.flatMap((subplot, i) =>
    [...boundTraces(subplot, palette), ...predicted(subplot, palette), trace(subplot, palette, unsolved)].map(
      (each, place) => on(i, place, each),
    ),
  );
  return { data, layout };
}

/** A trace on the axes of a subplot. */
function on(subplot: number, place: number, trace: Partial<PlotData>): Partial<PlotData> {
  const axes = { xaxis: axisName('x', subplot), yaxis: axisName('y', subplot) };
  return { ...trace, ...axes, type: 'scatter', uid: `${subplot}-${place}` };
}

function trace({ chart }: Subplot, palette: Palette, unsolved: boolean): Partial<PlotData> {
  const { name, values, step, ghost: before } = chart;
  const color = palette.colour(chart.colour);
  // During a drag, when the values before it are shown too, the points wait: they cost more than the lines.
  const points = !step && values.length <= manyPoints && before === null;
  return {
    name,
    ...path(chart, values),
    mode: points ? 'lines+markers' : 'lines',
    line: { color, width: 1.75, shape: shapeOf(chart), dash: unsolved ? dashes('1px,3px') : 'solid' },
    ...(points ? { marker: { color, size: 4, line: { width: 0 } } } : {}),
    cliponaxis: false,
  };
}

function predicted({ chart }: Subplot, palette: Palette): Partial<PlotData>[] {
  if (!chart.prediction) return [];
  const line = { color: palette.colour(chart.colour), width: 1.25, shape: shapeOf(chart), dash: dashes('5px,3px') };
  return [{ name: `prediction of ${chart.name}`, ...path(chart, chart.prediction), mode: 'lines', line, opacity: 0.8 }];
}

/** Without values where there are none: axes need a trace. */
function ghost({ chart }: Subplot, palette: Palette): Partial<PlotData> {
  const line = { color: palette.colour(chart.colour), width: 1.25, shape: shapeOf(chart) };
  return { ...path(chart, chart.ghost ?? new Float64Array([Number.NaN])), mode: 'lines', line, opacity: 0.4 };
}

function shapeOf({ step }: Chart): 'hv' | 'linear' {
  return step ? 'hv' : 'linear';
}

/** A step needs an end: the last value holds until the next stage. */
function path({ t, from, step }: Chart, values: Float64Array): { readonly x: number[]; readonly y: number[] } {
  const y = [...values];
  if (step) y.push(y[y.length - 1] ?? Number.NaN);
  return { x: [...t.subarray(from, from + y.length)], y };
}

function timePlace({ place, frame }: Subplot, index: number, size: Size): Partial<LayoutAxis> {
  return {
    domain: [within((place.left + frame.left) / size.width), within((place.left + frame.right) / size.width)],
    anchor: axisName('y', index),
    fixedrange: true,
  };
}

function valuePlace({ place, frame }: Subplot, index: number, size: Size): Partial<LayoutAxis> {
  return {
    domain: [within(1 - (place.top + frame.bottom) / size.height), within(1 - (place.top + frame.top) / size.height)],
    anchor: axisName('x', index),
    fixedrange: true,
  };
}

function timeAxis(subplot: Subplot, index: number, size: Size, palette: Palette): Partial<LayoutAxis> {
  const { left, right, time } = subplot.frame;
  const tickvals = ticks(time, Math.max(2, Math.round((right - left) / 70)));
  return {
    ...timePlace(subplot, index, size),
    ...lineAxis(palette),
    range: [time.low, time.high],
    tickangle: 0,
    tickvals,
    ticktext: tickvals.map((tick) => formatNumber(tick)),
  };
}

function valueAxis(subplot: Subplot, index: number, size: Size, palette: Palette): Partial<LayoutAxis> {
  const { top, bottom, value } = subplot.frame;
  const tickvals = scaleTicks(value, Math.max(3, Math.round((bottom - top) / 26)));
  return {
    ...valuePlace(subplot, index, size),
    range: [value.low, value.high],
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
