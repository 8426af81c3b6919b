/** Ends of axes that seldom move while a training goes on, so that lines can move along without the axes drawn anew. */
import { formatNumber } from '../format';
import { extent, type Range, scaleTicks, tickStep } from '../plots/axis';

export interface Ticks {
  readonly tickvals: number[];
  readonly ticktext: string[];
}

/** `before`, while it has room for what is needed and that is not much less; else narrower, or wider by a quarter at least. */
export function held(before: Range | undefined, needed: Range): Range {
  if (!before || needed.high - needed.low < (before.high - before.low) / 2) return needed;
  const room = (before.high - before.low) / 4;
  const low = needed.low < before.low ? Math.min(needed.low, before.low - room) : before.low;
  const high = needed.high > before.high ? Math.max(needed.high, before.high + room) : before.high;
  return low < before.low || high > before.high ? { low, high } : before;
}

/** Whole decades around what is positive, as powers of ten; one decade where there is nothing. */
export function decades(...groups: readonly ArrayLike<number>[]): Range {
  const positive = groups.map((values) => Array.from(values).filter((value) => value > 0));
  const range = extent(...positive);
  if (!range) return { low: -1, high: 0 };
  const low = Math.floor(Math.log10(range.low));
  return { low, high: Math.max(low + 1, Math.ceil(Math.log10(range.high))) };
}

/** From zero to 1, 2 or 5 times a power of ten, at least `least`. */
export function upTo(most: number, least: number): Range {
  return { low: 0, high: tickStep(Math.max(most, least)) };
}

export function decadeTicks(range: Range, count: number): Ticks {
  const every = Math.max(1, Math.ceil((range.high - range.low) / count));
  const tickvals: number[] = [];
  for (let power = range.low; power <= range.high; power += every) tickvals.push(power);
  return { tickvals, ticktext: tickvals.map((power) => formatNumber(10 ** power, 1)) };
}

export function plainTicks(range: Range, count: number): Ticks {
  const tickvals = scaleTicks(range, count);
  return { tickvals, ticktext: tickvals.map((tick) => formatNumber(tick)) };
}
