/** Gradients by central differences of fourth order, with what is seen of their error. */
export interface Differences {
  readonly gradient: Float64Array;
  /** The largest difference between the central differences of second and of fourth order. */
  readonly seen: number;
}

/** Of `value` at `point`, each coordinate moved by `step` times its size, at least `step`. */
export function differences(value: (point: Float64Array) => number, point: Float64Array, step: number): Differences {
  let seen = 0;
  const gradient = point.map((coordinate, j) => {
    const h = step * Math.max(1, Math.abs(coordinate));
    const at = (by: number): number => value(point.map((other, i) => (i === j ? other + by : other)));
    const near = (at(h) - at(-h)) / (2 * h);
    const far = (at(2 * h) - at(-2 * h)) / (4 * h);
    const fourth = (4 * near - far) / 3;
    seen = Math.max(seen, Math.abs(near - fourth));
    return fourth;
  });
  return { gradient, seen };
}

/** Largest difference relative to the largest entry, or to 1 if that is larger. */
export function relativeDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const numbers = Array.from(a);
  const size = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return numbers.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0) / size;
}
