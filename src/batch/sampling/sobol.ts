/**
 * Sobol's sequence in base 2 (Sobol 1967) in the order of Gray codes (Antonov & Saleev 1979): coordinate j of point n+1
 * is that of point n, exclusive-or the direction number v_{j,c}, with c the number of trailing ones of n. The direction
 * numbers follow from a primitive polynomial a over GF(2) of degree s and starting values m_1..m_s by
 *
 *   m_i = 2 a_1 m_{i-1} xor 2^2 a_2 m_{i-2} xor ... xor 2^s m_{i-s} xor m_{i-s},      v_i = m_i / 2^i.
 *
 * Polynomials and starting values are the first of Joe & Kuo, SIAM J. Sci. Comput. 30 (2008) 2635-2654, chosen for good
 * two-dimensional projections. A random exclusive-or for every dimension (a digital shift) keeps the equal distribution
 * over dyadic boxes, and makes samples of different seeds independent.
 */
import { SeededRandom } from './random';

/** Polynomial, its coefficients as bits, and m_1..m_s; dimensions 2, 3, ... The first dimension has m_i = 1. */
const directions: readonly (readonly [polynomial: number, ...starting: number[]])[] = [
  [3, 1],
  [7, 1, 3],
  [11, 1, 3, 1],
  [13, 1, 1, 1],
  [19, 1, 1, 3, 3],
  [25, 1, 3, 5, 13],
  [37, 1, 1, 5, 5, 17],
  [41, 1, 1, 5, 5, 5],
  [47, 1, 1, 7, 11, 19],
  [55, 1, 1, 5, 1, 1],
  [59, 1, 1, 1, 3, 11],
  [61, 1, 3, 5, 5, 31],
  [67, 1, 3, 3, 9, 7, 49],
  [91, 1, 1, 1, 15, 21, 21],
  [97, 1, 3, 1, 13, 27, 49],
  [103, 1, 1, 1, 15, 7, 5],
  [109, 1, 3, 1, 15, 13, 25],
  [115, 1, 1, 5, 5, 19, 61],
  [131, 1, 3, 7, 11, 23, 15, 103],
  [137, 1, 3, 7, 13, 13, 15, 69],
  [143, 1, 1, 3, 13, 7, 35, 63],
  [145, 1, 3, 5, 9, 1, 25, 53],
  [157, 1, 3, 1, 13, 9, 35, 107],
];

const BITS = 32;

export const mostSobolDimensions = directions.length + 1;

/**
 * The first `count` points in [0, 1)^dimensions, [count][dimensions]. `seed` null: the sequence itself, which begins at
 * the origin; else shifted. Throws RangeError beyond `mostSobolDimensions`.
 */
export function sobol(count: number, dimensions: number, seed: number | null): Float64Array {
  if (dimensions > mostSobolDimensions)
    throw new RangeError(`Sobol points are known here for up to ${mostSobolDimensions} dimensions, not ${dimensions}`);
  const numbers = Array.from({ length: dimensions }, (_, j) => directionNumbers(j));
  const random = seed === null ? null : new SeededRandom(seed);
  const point = Uint32Array.from({ length: dimensions }, () => random?.bits() ?? 0);
  const points = new Float64Array(count * dimensions);
  for (let n = 0; n < count; n++) {
    for (let j = 0; j < dimensions; j++) points[n * dimensions + j] = point[j] / 2 ** BITS;
    const changed = Math.min(BITS - 1, 31 - Math.clz32(~n & (n + 1)));
    for (let j = 0; j < dimensions; j++) point[j] ^= numbers[j][changed];
  }
  return points;
}

/** v_1..v_32 of a dimension, times 2^32. */
function directionNumbers(dimension: number): Uint32Array {
  const [polynomial, ...m] = dimension === 0 ? [1] : directions[dimension - 1];
  const degree = m.length;
  for (let i = degree; i < BITS; i++) {
    if (dimension === 0) {
      m.push(1);
      continue;
    }
    // Beyond 2^31 the numbers no longer fit, but are needed only modulo 2^32: v_i takes the i lowest bits.
    let next = m[i - degree] ^ (m[i - degree] << degree);
    for (let k = 1; k < degree; k++) if ((polynomial >>> (degree - k)) & 1) next ^= m[i - k] << k;
    m.push(next >>> 0);
  }
  return Uint32Array.from(m, (value, i) => value << (BITS - 1 - i));
}
