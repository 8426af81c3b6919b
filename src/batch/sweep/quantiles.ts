/** Sample quantiles, definition 7 of Hyndman & Fan, The American Statistician 50 (1996): linear between order statistics. */

/** `shares` in [0, 1]. What is not finite does not count; without a value the quantiles are not a number. */
export function quantiles(values: Float64Array, shares: readonly number[]): number[] {
  const sorted = values.filter(Number.isFinite).sort();
  return shares.map((share) => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const [lower = Number.NaN, upper = lower] = [sorted[below], sorted[below + 1]];
    return lower + (place - below) * (upper - lower);
  });
}
