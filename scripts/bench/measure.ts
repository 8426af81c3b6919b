/** Repeated timing. Medians and quartiles: a shared machine disturbs single runs, seldom half of them. */
import type { Timing } from './schema';

export interface Effort {
  /** Run unrecorded for so long first: V8 starts WebAssembly in a quick baseline and optimises what runs often. */
  readonly warmUpMs: number;
  readonly budgetMs: number;
  readonly leastRuns: number;
  readonly mostRuns: number;
}

/**
 * `share` of the time that good figures take; 0: a run or two, to see that all works. `once`: milliseconds of a first run,
 * where that may be long; large functions are optimised only after many.
 */
export function effortFor(share: number, milliseconds: number, once = 0): Effort {
  const good = Math.max(milliseconds, RUNS * once);
  return {
    warmUpMs: 0.4 * share * good,
    budgetMs: 0.6 * share * good,
    leastRuns: Math.max(2, Math.round(7 * share)),
    mostRuns: 2000,
  };
}

const RUNS = 150;

/** `run` gives the milliseconds of the part that counts; what it does besides, say preparation, does not. */
export function measure(run: () => number, effort: Effort): Timing {
  const started = performance.now();
  while (performance.now() - started < effort.warmUpMs) run();
  const samples: number[] = [];
  const recording = performance.now();
  while (goesOn(samples, recording, effort)) samples.push(run());
  return summary(samples);
}

/** The same where a run has to be waited for. */
export async function measureAsync(run: () => Promise<number>, effort: Effort): Promise<Timing> {
  const started = performance.now();
  while (performance.now() - started < effort.warmUpMs) await run();
  const samples: number[] = [];
  const recording = performance.now();
  while (goesOn(samples, recording, effort)) samples.push(await run());
  return summary(samples);
}

/** One call of `work`, which leaves all as it was: as many calls to a sample as a coarse clock needs. */
export function measureCall(work: () => void, effort: Effort): Timing {
  const repeated = (calls: number): number =>
    timed(() => {
      for (let i = 0; i < calls; i++) work();
    });
  let calls = 1;
  // The least of a few: one alone may have been long because something else came between.
  while (Math.min(repeated(calls), repeated(calls), repeated(calls)) < LEAST_SAMPLE_MS) calls *= 2;
  return measure(() => repeated(calls) / calls, effort);
}

/** Clocks of browsers tick every 0.005 ms at best. */
const LEAST_SAMPLE_MS = 0.2;

function goesOn({ length }: readonly number[], since: number, { leastRuns, mostRuns, budgetMs }: Effort): boolean {
  return length < leastRuns || (length < mostRuns && performance.now() - since < budgetMs);
}

export function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

export function summary(samples: readonly number[]): Timing {
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    least: quantile(sorted, 0),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
    runs: sorted.length,
  };
}

/** Linear between the ordered samples. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (place - Math.floor(place)) * (above - below);
}
