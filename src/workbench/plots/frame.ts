/** From data to pixels: where a chart stands in its figure, and where its drawing area is within it. */
import type { Range } from './axis';

/** In pixels, from the upper left corner of the figure. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** In pixels, from the upper left corner of the chart. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly time: Range;
  readonly value: Range;
}

const margin = { left: 44, right: 10, top: 8, bottom: 20 };

export function frameOf({ width, height }: Place, t: Float64Array, value: Range): Frame {
  return {
    left: margin.left,
    right: Math.max(margin.left + 1, width - margin.right),
    top: margin.top,
    bottom: Math.max(margin.top + 1, height - margin.bottom),
    time: { low: t[0] ?? 0, high: t[t.length - 1] ?? 1 },
    value,
  };
}

export function toX({ left, right, time }: Frame, t: number): number {
  return left + ((t - time.low) / (time.high - time.low || 1)) * (right - left);
}

export function toY({ top, bottom, value }: Frame, y: number): number {
  return bottom - ((y - value.low) / (value.high - value.low || 1)) * (bottom - top);
}

/** The time at a pixel. */
export function toTime({ left, right, time }: Frame, x: number): number {
  return time.low + ((x - left) / (right - left || 1)) * (time.high - time.low);
}

/** The stage whose time is nearest, or, for steps, the one whose interval holds x. */
export function stageAt(frame: Frame, t: Float64Array, x: number, step: boolean): number {
  const time = toTime(frame, x);
  let stage = 0;
  for (let k = 1; k < t.length; k++) {
    const passed = step ? (t[k] ?? 0) : ((t[k - 1] ?? 0) + (t[k] ?? 0)) / 2;
    if (time >= passed) stage = k;
  }
  return stage;
}
