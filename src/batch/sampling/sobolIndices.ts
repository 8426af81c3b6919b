/**
 * Variance-based global sensitivity: which share of the variance of f an axis has on its own, S_j, and with all that it
 * takes part in, T_j (Sobol 2001). With the points of `saltelli`,
 *
 *   S_j V = mean f(B) (f(AB_j) - f(A))         Saltelli et al., Comput. Phys. Commun. 181 (2010), table 2 (b)
 *   T_j V = mean (f(A) - f(AB_j))^2 / 2        Jansen, Comput. Phys. Commun. 117 (1999); ibid. (f)
 *
 * f is centred first, which changes nothing of S_j but its noise. The intervals are of the bootstrap: the same
 * estimates from blocks drawn again with replacement.
 */
import { SeededRandom } from './random';

export interface Estimate {
  readonly value: number;
  /** Ends of the confidence interval. */
  readonly from: number;
  readonly to: number;
}

export interface SobolIndices {
  /** One for each axis. */
  readonly first: readonly Estimate[];
  readonly total: readonly Estimate[];
  readonly mean: number;
  readonly variance: number;
  /** Blocks of points that count: in all others, f is not finite somewhere. */
  readonly blocks: number;
}

export interface BootstrapOptions {
  /** Default 0.95. */
  readonly confidence?: number;
  /** Default 400. */
  readonly resamples?: number;
  readonly seed?: number;
}

/** `values`: f at the points of `saltelli`, [count][dimensions + 2]. Where f is constant, variance and indices are not a number. */
export function sobolIndices(
  values: Float64Array,
  dimensions: number,
  { confidence = 0.95, resamples = 400, seed = 0 }: BootstrapOptions = {},
): SobolIndices {
  const width = dimensions + 2;
  const blocks = Array.from({ length: Math.floor(values.length / width) }, (_, i) =>
    values.subarray(i * width, (i + 1) * width),
  ).filter((block) => block.every(Number.isFinite));
  const whole = estimate(blocks, dimensions);
  const random = new SeededRandom(seed);
  const drawn = Array.from({ length: resamples }, () =>
    estimate(
      blocks.map(() => blocks[random.below(blocks.length)]),
      dimensions,
    ),
  );
  const interval = (of: (indices: Indices) => number): Estimate => {
    const sorted = drawn.map(of).sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
    return { value: of(whole), from: at((1 - confidence) / 2), to: at((1 + confidence) / 2) };
  };
  const axes = Array.from({ length: dimensions }, (_, j) => j);
  return {
    first: axes.map((j) => interval(({ first }) => first[j])),
    total: axes.map((j) => interval(({ total }) => total[j])),
    mean: whole.mean,
    variance: whole.variance,
    blocks: blocks.length,
  };
}

interface Indices {
  readonly first: Float64Array;
  readonly total: Float64Array;
  readonly mean: number;
  readonly variance: number;
}

/** A variance so far below the squared mean is what rounding leaves of none. */
const ROUNDING = 1e-28;

function estimate(blocks: readonly Float64Array[], dimensions: number): Indices {
  const count = blocks.length;
  let mean = 0;
  for (const [a, b] of blocks) mean += (a + b) / (2 * count);
  let variance = 0;
  for (const [a, b] of blocks) variance += ((a - mean) ** 2 + (b - mean) ** 2) / (2 * count);
  const [first, total] = [new Float64Array(dimensions), new Float64Array(dimensions)];
  if (variance <= ROUNDING * mean ** 2) variance = Number.NaN;
  for (const block of blocks) {
    const [a, b] = block;
    for (let j = 0; j < dimensions; j++) {
      const moved = block[2 + j];
      first[j] += ((b - mean) * (moved - a)) / (count * variance);
      total[j] += (a - moved) ** 2 / (2 * count * variance);
    }
  }
  return { first, total, mean: count > 0 ? mean : Number.NaN, variance };
}
