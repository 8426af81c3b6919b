/** Samples in batches, every sample once before any comes again, in an order from a seed. */
import { SeededRandom } from '../batch';

/** Undefined where a batch would hold all of them: nothing is left to draw. */
export function batchesOf(count: number, size: number, seed: number): Iterator<readonly number[], never> | undefined {
  return size < count ? drawn(count, size, new SeededRandom(seed)) : undefined;
}

function* drawn(count: number, size: number, random: SeededRandom): Generator<readonly number[], never> {
  let left: number[] = [];
  for (;;) {
    const batch: number[] = [];
    while (batch.length < size) {
      if (left.length === 0) left = Array.from({ length: count }, (_, i) => i).filter((i) => !batch.includes(i));
      const [one] = left.splice(Math.floor(random.uniform() * left.length), 1);
      batch.push(one);
    }
    yield batch;
  }
}
