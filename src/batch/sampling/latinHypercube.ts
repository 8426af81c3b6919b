/**
 * Latin hypercube sampling (McKay, Beckman & Conover, Technometrics 21, 1979): each of the n intervals that an axis is
 * divided into has one point, at a random place in it; the intervals are paired at random between the axes.
 */
import { SeededRandom } from './random';

/** In [0, 1)^dimensions, [count][dimensions]. */
export function latinHypercube(count: number, dimensions: number, seed: number): Float64Array {
  const random = new SeededRandom(seed);
  const points = new Float64Array(count * dimensions);
  for (let j = 0; j < dimensions; j++) {
    const interval = random.permutation(count);
    for (let n = 0; n < count; n++) points[n * dimensions + j] = (interval[n] + random.uniform()) / count;
  }
  return points;
}
