/** Gradients by central differences of fourth order, with what is seen of their error. */
export interface Differences {
  readonly gradient: Float64Array;
  /** The largest difference between the central differences of second and of fourth order. */
  readonly seen: number;
}

/** Of `value` at `point`, each coordinate moved by `step` times its size, at least `step`. */
export function differences(value: (point: Float64Array) => number, point: Float64Array, step: number): Differences {
  return between(pointsAround(point, step).map(value), point, step);
}

/** The same of a value that has to be waited for. */
export async function differencesAwaited(
  value: (point: Float64Array) => Promise<number>,
  point: Float64Array,
  step: number,
): Promise<Differences> {
  const values: number[] = [];
  for (const at of pointsAround(point, step)) values.push(await value(at));
  return between(values, point, step);
}

/** Steps to either side of a coordinate. */
const sides = [1, -1, 2, -2] as const;

const stepAt = (coordinate: number, step: number): number => step * Math.max(1, Math.abs(coordinate));

/** Coordinate by coordinate, all sides of each. */
function pointsAround(point: Float64Array, step: number): Float64Array[] {
  return Array.from(point, (coordinate, j) =>
    sides.map((side) => point.map((other, i) => (i === j ? other + side * stepAt(coordinate, step) : other))),
  ).flat();
}

/** From the values at those points. */
function between(values: readonly number[], point: Float64Array, step: number): Differences {
  let seen = 0;
  const gradient = point.map((coordinate, j) => {
    const h = stepAt(coordinate, step);
    const [right, left, further, furthest] = values.slice(j * sides.length, (j + 1) * sides.length);
    const near = (right - left) / (2 * h);
    const far = (further - furthest) / (4 * h);
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
