/** Ticks at 1, 2 or 5 times a power of ten, and ranges with a little room at both ends. */

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** About `count` round numbers within the range. */
export function ticks({ low, high }: Range, count: number): number[] {
  const step = tickStep((high - low) / Math.max(count, 1));
  if (!(step > 0) || !Number.isFinite(step)) return [];
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => clean((first + i) * step));
}

/** The same, but at least two: one number does not give a scale. */
export function scaleTicks(range: Range, count: number): number[] {
  const found = ticks(range, count);
  return found.length >= 2 ? found : ticks(range, 2.5 * count);
}

/** The smallest of 1, 2, 5 times a power of ten that is at least `least`. */
export function tickStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10;
  return clean(step * power);
}

/** Finite values only; null where there are none. */
export function extent(...groups: readonly ArrayLike<number>[]): Range | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of groups) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? { low, high } : null;
}

/** A range to draw in: some room around the data, and never empty. */
export function padded({ low, high }: Range): Range {
  const size = Math.max(Math.abs(low), Math.abs(high));
  // What is constant up to rounding is drawn as constant.
  const flat = high - low <= 1e-9 * size;
  const room = flat ? (size === 0 ? 1 : 0.5 * size) : 0.08 * (high - low);
  return { low: low - room, high: high + room };
}

export function union(a: Range, b: Range): Range {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

/** Holds both. Where it has to grow it grows by more than it has to, so that it does not do so again at once. */
export function grown(held: Range, wanted: Range): Range {
  const room = 0.25 * (wanted.high - wanted.low);
  return {
    low: wanted.low < held.low ? wanted.low - room : held.low,
    high: wanted.high > held.high ? wanted.high + room : held.high,
  };
}

/** Drops the noise of binary fractions, as in 0.30000000000000004. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
