/** From data to pixels: the drawing area of a chart, and SVG paths in it. */
import type { Range } from './axis';

export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly time: Range;
  readonly value: Range;
}

export function toX({ left, right, time }: Frame, t: number): number {
  return left + ((t - time.low) / (time.high - time.low || 1)) * (right - left);
}

export function toY({ top, bottom, value }: Frame, y: number): number {
  return bottom - ((y - value.low) / (value.high - value.low || 1)) * (bottom - top);
}

/** Straight from point to point; interrupted where a value is not finite. */
export function linePath(frame: Frame, t: Float64Array, values: Float64Array): string {
  let path = '';
  let pen = 'M';
  for (let k = 0; k < values.length; k++) {
    const value = values[k] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${toX(frame, t[k] ?? 0).toFixed(2)} ${toY(frame, value).toFixed(2)}`;
    pen = 'L';
  }
  return path;
}

/** Constant from each time to the next: value k holds on [t_k, t_{k+1}]. */
export function stepPath(frame: Frame, t: Float64Array, values: Float64Array): string {
  let path = '';
  let pen = 'M';
  for (let k = 0; k < values.length; k++) {
    const value = values[k] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      pen = 'M';
      continue;
    }
    const y = toY(frame, value).toFixed(2);
    path += `${pen}${toX(frame, t[k] ?? 0).toFixed(2)} ${y}H${toX(frame, t[k + 1] ?? 0).toFixed(2)}`;
    pen = 'L';
  }
  return path;
}

/** A point at each value: lines of no length, to be drawn with round ends. */
export function pointPath(frame: Frame, t: Float64Array, values: Float64Array): string {
  let path = '';
  for (let k = 0; k < values.length; k++) {
    const value = values[k] ?? Number.NaN;
    if (Number.isFinite(value)) path += `M${toX(frame, t[k] ?? 0).toFixed(2)} ${toY(frame, value).toFixed(2)}h0`;
  }
  return path;
}

/** The stage whose time is nearest, or, for steps, the one whose interval holds x. */
export function stageAt(frame: Frame, t: Float64Array, x: number, step: boolean): number {
  const time =
    frame.time.low + ((x - frame.left) / (frame.right - frame.left || 1)) * (frame.time.high - frame.time.low);
  let stage = 0;
  for (let k = 1; k < t.length; k++) {
    const passed = step ? (t[k] ?? 0) : ((t[k - 1] ?? 0) + (t[k] ?? 0)) / 2;
    if (time >= passed) stage = k;
  }
  return stage;
}
