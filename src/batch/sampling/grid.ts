/** Grids: every combination of evenly spread values. */
import { type Axis, along, type Samples } from './samples';

export interface GridAxis extends Axis {
  /** Points, both ends included; 1: the middle. */
  readonly count: number;
}

export function gridValues(axis: GridAxis): Float64Array {
  const { count, from, to } = axis;
  if (count === 1) return Float64Array.of(along(axis, 0.5));
  // The ends are as they were given, without what rounding would do to them.
  return Float64Array.from({ length: count }, (_, i) =>
    i === 0 ? from : i === count - 1 ? to : along(axis, i / (count - 1)),
  );
}

export function grid(axes: readonly GridAxis[]): Samples {
  const lines = axes.map(gridValues);
  const shape = axes.map(({ count }) => count);
  const count = shape.reduce((product, points) => product * points, 1);
  const values = new Float64Array(count * axes.length);
  for (let n = 0; n < count; n++) {
    let rest = n;
    for (let j = axes.length - 1; j >= 0; j--) {
      values[n * axes.length + j] = lines[j][rest % shape[j]];
      rest = Math.floor(rest / shape[j]);
    }
  }
  return { names: axes.map(({ name }) => name), values, shape };
}

/**
 * A path through all points of a grid on which each is a neighbour of the one before: every second row runs backwards.
 * Reflected mixed-radix Gray code, Knuth, The Art of Computer Programming 4A, section 7.2.1.1.
 */
export function path(shape: readonly number[]): Int32Array {
  const [count, ...rest] = shape;
  if (count === undefined) return Int32Array.of(0);
  const within = path(rest);
  const { length } = within;
  const whole = new Int32Array(count * length);
  for (let i = 0; i < count; i++)
    for (let n = 0; n < length; n++) whole[i * length + n] = i * length + within[i % 2 === 0 ? n : length - 1 - n];
  return whole;
}
