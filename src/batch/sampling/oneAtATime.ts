/**
 * Both ends of every range, one at a time, all else as it is: what a tornado diagram is drawn from (Eschenbach, Interfaces
 * 22(6), 1992). The first instance is the point itself, then come the lower and the upper end of each axis.
 */
import type { Axis, Samples } from './samples';

/** `base`: the point, a value for each axis. The samples are [1 + 2 axes][axes]. */
export function oneAtATime(axes: readonly Axis[], base: ArrayLike<number>): Samples {
  const width = axes.length;
  const point = Float64Array.from(axes, (_, j) => base[j]);
  const values = new Float64Array((1 + 2 * width) * width);
  for (let n = 0; n < 1 + 2 * width; n++) values.set(point, n * width);
  axes.forEach(({ from, to }, j) => {
    values[(1 + 2 * j) * width + j] = from;
    values[(2 + 2 * j) * width + j] = to;
  });
  return { names: axes.map(({ name }) => name), values, shape: null };
}
