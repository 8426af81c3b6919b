/** Initial states that an experiment begins from. */
import { SeededRandom } from '../../batch';

/** Evenly distributed over a box, [nx] both. */
export interface Spread {
  readonly centre: readonly number[];
  readonly reach: readonly number[];
}

export function startsFrom({ centre, reach }: Spread, count: number, seed: number): number[][] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => centre.map((middle, i) => middle + reach[i] * (2 * random.uniform() - 1)));
}
