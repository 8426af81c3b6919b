/** The range of a slider, and its step: a round number, so that values stay readable. */
import { tickStep } from '../plots/axis';

export type SliderRange = readonly [number, number];

/** A slider has at least this many steps. */
const stepsAtLeast = 200;

/** Where the text gives no range: around the value, on its side of zero. */
export function defaultRange(nominal: number): SliderRange {
  if (nominal === 0 || !Number.isFinite(nominal)) return [-1, 1];
  const size = Math.abs(nominal);
  const step = tickStep(size / 20);
  const near = round(Math.floor((0.5 * size) / step) * step);
  const far = round(Math.ceil((1.5 * size) / step) * step);
  return nominal > 0 ? [near, far] : [-far, -near];
}

/** Widened where a value lies outside. */
export function holding([low, high]: SliderRange, value: number): SliderRange {
  return [Math.min(low, value), Math.max(high, value)];
}

export function stepOf([low, high]: SliderRange): number {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return 1;
  // The largest round step not above the wanted one.
  const wanted = span / stepsAtLeast;
  const step = tickStep(wanted);
  return step <= wanted * (1 + 1e-9) ? step : tickStep(wanted / 2.5);
}

/** The value nearest to `value` on the grid of steps through zero, within the range. */
export function snap(value: number, range: SliderRange): number {
  const step = stepOf(range);
  return Math.min(range[1], Math.max(range[0], round(Math.round(value / step) * step)));
}

function round(value: number): number {
  return Number(value.toPrecision(12));
}
