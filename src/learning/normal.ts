/** Standard normal numbers (Box & Muller 1958). */
import type { SeededRandom } from '../batch';

export function normal(random: SeededRandom): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}
