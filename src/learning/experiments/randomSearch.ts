/**
 * Descent without derivatives: a step in a random direction, kept where it helps, longer after successes and shorter after
 * failures so that one in five helps (Rechenberg 1973, the (1+1) evolution strategy with the rule of one fifth).
 */
import { SeededRandom } from '../../batch';
import { Coordinates } from '../coordinates';
import type { Objective } from '../descent';
import { normal } from '../normal';
import type { Point } from './experiment';

/** Balanced where one try in five succeeds. */
const longer = Math.exp(0.2);
const shorter = Math.exp(-0.05);

/** The best point so far after each try. `reach`: the first step's standard deviation in each coordinate. */
export async function* randomSearch(
  objective: Objective,
  start: readonly number[],
  reach: number,
  seed: number,
): AsyncGenerator<Point, never> {
  const random = normal(new SeededRandom(seed));
  const coordinates = new Coordinates(start);
  let best = coordinates.of(start);
  let value = await objective(Float64Array.from(start));
  let length = reach;
  for (let step = 0; ; step++) {
    const theta = coordinates.back(best);
    const { loss, failed } = value;
    yield { step, theta, values: theta, loss, slope: null, work: step + 1, failed, masked: 0, doubtful: 0 };
    const tried = best.map((coordinate) => coordinate + length * random());
    const found = await objective(coordinates.back(tried));
    const better = found.loss < value.loss;
    length *= better ? longer : shorter;
    if (better) [best, value] = [tried, found];
  }
}
