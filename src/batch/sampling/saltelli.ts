/**
 * Points for Sobol indices (Saltelli et al., Comput. Phys. Commun. 181 (2010) 259-270): two independent samples A and B of
 * n points, and for each axis j the sample A with coordinate j taken from B. Blocks of d + 2 points follow one another:
 * A_i, B_i, AB_i1, ..., AB_id.
 */
import { latinHypercube } from './latinHypercube';
import { mostSobolDimensions, sobol } from './sobol';

/** In [0, 1)^dimensions, [count][dimensions + 2][dimensions]. `count`, the n above, had better be a power of two. */
export function saltelli(count: number, dimensions: number, seed: number): Float64Array {
  const both = 2 * dimensions;
  const pairs = both <= mostSobolDimensions ? sobol(count, both, seed) : latinHypercube(count, both, seed);
  const block = (dimensions + 2) * dimensions;
  const points = new Float64Array(count * block);
  for (let i = 0; i < count; i++) {
    const a = pairs.subarray(i * both, i * both + dimensions);
    const b = pairs.subarray(i * both + dimensions, (i + 1) * both);
    const at = (row: number): number => i * block + row * dimensions;
    points.set(a, at(0));
    points.set(b, at(1));
    for (let j = 0; j < dimensions; j++) {
      points.set(a, at(2 + j));
      points[at(2 + j) + j] = b[j];
    }
  }
  return points;
}
