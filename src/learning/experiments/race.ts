/** All contenders side by side: whoever has worked least so far is next, so that they can be compared at any time. */
import type { Contender, Point } from './experiment';

export interface Advance {
  readonly contender: number;
  readonly point: Point;
}

export async function* race(contenders: readonly Contender[]): AsyncGenerator<Advance, never> {
  const paths = contenders.map((contender) => contender.path());
  const work = contenders.map(() => 0);
  for (;;) {
    const contender = work.indexOf(Math.min(...work));
    const point = (await paths[contender].next()).value;
    work[contender] = point.work;
    yield { contender, point };
  }
}
