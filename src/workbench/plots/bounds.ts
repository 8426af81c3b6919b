/** The sides of constraints: a line over the stages where they hold, dashed where they are soft, and a strip on the forbidden side. */
import type { PlotData } from 'plotly.js';
import { dashes } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import type { Bound } from '../quantities';
import { type Frame, toTime, toX } from './frame';
import type { Subplot } from './trajectory-figure';

/** Pixels: the height of a strip, and the length of the mark of a constraint at one stage. */
const stripHeight = 4;
const markWidth = 14;

interface Side {
  readonly value: number;
  readonly x: readonly [number, number];
  readonly soft: boolean;
  /** Where it is forbidden: above, below, or on both sides. */
  readonly forbidden: 1 | -1 | 0;
}

export function boundTraces({ chart, frame }: Subplot, palette: Palette): Partial<PlotData>[] {
  const sides = chart.bounds.flatMap((bound) => sidesOf(bound, extentOf(bound, chart.t, frame)));
  const hard = sides.filter(({ soft }) => !soft);
  const strips = hard.filter(({ forbidden }) => forbidden !== 0);
  const height = (stripHeight * (frame.value.high - frame.value.low)) / (frame.bottom - frame.top);
  const color = palette.colour('var(--bound)');
  return [
    ...stripTrace(strips, height, palette.colour('var(--forbidden)')),
    ...lineTrace(hard, { color, width: 1 }),
    ...lineTrace(
      sides.filter(({ soft }) => soft),
      { color, width: 1, dash: dashes('5px,4px') },
    ),
  ];
}

function lineTrace(sides: readonly Side[], line: Partial<PlotData['line']>): Partial<PlotData>[] {
  if (sides.length === 0) return [];
  const x = sides.flatMap(({ x }) => [...x, null]);
  const y = sides.flatMap(({ value }) => [value, value, null]);
  return [{ x, y, mode: 'lines', line }];
}

function stripTrace(sides: readonly Side[], height: number, fillcolor: string): Partial<PlotData>[] {
  if (sides.length === 0) return [];
  const x = sides.flatMap(({ x: [from, to] }) => [from, to, to, from, null]);
  const y = sides.flatMap(({ value, forbidden }) => {
    const end = value + forbidden * height;
    return [value, value, end, end, null];
  });
  return [{ x, y, mode: 'lines', line: { width: 0 }, fill: 'toself', fillcolor }];
}

function sidesOf({ lower, upper, soft, equality }: Bound, x: readonly [number, number]): Side[] {
  if (equality) return upper === null ? [] : [{ value: upper, x, soft, forbidden: 0 }];
  return [
    ...(lower === null ? [] : [{ value: lower, x, soft, forbidden: -1 as const }]),
    ...(upper === null ? [] : [{ value: upper, x, soft, forbidden: 1 as const }]),
  ];
}

/** In time. A constraint at one stage has a mark of some length, within the drawing area. */
function extentOf({ from, to }: Bound, t: Float64Array, frame: Frame): readonly [number, number] {
  const start = t[from] ?? 0;
  if (from !== to) return [start, t[to] ?? 0];
  const left = Math.min(toX(frame, start), frame.right - markWidth) - (from === 0 ? 0 : markWidth / 2);
  return [toTime(frame, left), toTime(frame, left + 1.5 * markWidth)];
}
