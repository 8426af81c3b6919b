/** Axes of what is drawn over swept values: shares of the way from one end to the other, linear or logarithmic. */
import type { LayoutAxis } from 'plotly.js';
import type { SweepAxis } from '../../sharing';
import { formatNumber } from '../format';
import { lineAxis } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import { extent, padded, type Range, scaleTicks, ticks } from '../plots/axis';
import type { Size } from '../use-size';

export const margin = { left: 62, right: 14, top: 10, bottom: 38 };

/** Pixels between the labels of an axis, about. */
const between = { across: 90, up: 34 };

/** Where a value is along its axis, from 0 to 1. */
export function shareOf({ from, to, logarithmic }: SweepAxis, value: number): number {
  return logarithmic ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
}

/** Values of the axis in a whole length of it, near one of them. */
export function lengthAt({ from, to, logarithmic }: SweepAxis, value: number): number {
  return logarithmic ? value * Math.log(to / from) : to - from;
}

/** `labels`: about so many. */
export function ticksOf(axis: SweepAxis, labels: number): number[] {
  const { from, to, logarithmic } = axis;
  if (!logarithmic) return scaleTicks({ low: from, high: to }, labels);
  const powers = Array.from(
    { length: Math.ceil(Math.log10(to)) - Math.floor(Math.log10(from)) + 1 },
    (_, i) => 10 ** (Math.floor(Math.log10(from)) + i),
  );
  const within = (factors: readonly number[]): number[] =>
    powers
      .flatMap((power) => factors.map((factor) => Number((factor * power).toPrecision(12))))
      .filter((value) => value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9));
  const fine = within([1, 2, 5]);
  return fine.length <= 1.5 * labels ? fine : within([1]);
}

export function sweptAxis(
  kind: 'x' | 'y',
  axis: SweepAxis,
  size: Size,
  palette: Palette,
  /** Left free beyond either end, as a share of the way. */
  room = 0,
): Partial<LayoutAxis> {
  const labels =
    kind === 'x'
      ? (size.width - margin.left - margin.right) / between.across
      : (size.height - margin.top - margin.bottom) / between.up;
  const tickvals = ticksOf(axis, Math.max(2, Math.round(labels)));
  return {
    ...lineAxis(palette),
    domain: kind === 'x' ? acrossDomain(size) : upDomain(size),
    range: [-room, 1 + room],
    tickvals: tickvals.map((tick) => shareOf(axis, tick)),
    ticktext: tickvals.map((tick) => formatNumber(tick)),
  };
}

/** Of the quantity: as high as its values. */
export function heightAxis(span: Range, size: Size, palette: Palette): Partial<LayoutAxis> {
  const labels = (size.height - margin.top - margin.bottom) / between.up;
  const tickvals = scaleTicks(span, Math.max(2, Math.round(labels)));
  return {
    ...lineAxis(palette),
    showline: false,
    ticks: '',
    showgrid: true,
    gridcolor: palette.colour('var(--grid)'),
    zeroline: true,
    zerolinecolor: palette.colour('var(--zero)'),
    domain: upDomain(size),
    range: [span.low, span.high],
    tickvals,
    ticktext: tickvals.map((tick) => formatNumber(tick)),
  };
}

/** Plain numbers along the lower edge: time, shares. */
export function numberAxis(range: Range, size: Size, palette: Palette): Partial<LayoutAxis> {
  const labels = (size.width - margin.left - margin.right) / between.across;
  const tickvals = ticks(range, Math.max(2, Math.round(labels)));
  return {
    ...lineAxis(palette),
    domain: acrossDomain(size),
    range: [range.low, range.high],
    tickvals,
    ticktext: tickvals.map((tick) => formatNumber(tick)),
  };
}

/** A range for these values; never empty. */
export const spanOf = (...values: readonly ArrayLike<number>[]): Range =>
  padded(extent(...values) ?? { low: 0, high: 1 });

export function acrossDomain({ width }: Size): [number, number] {
  return [margin.left / width, 1 - margin.right / width];
}

export function upDomain({ height }: Size): [number, number] {
  return [margin.bottom / height, 1 - margin.top / height];
}
