/** Repeated timing. Medians and quartiles: a shared machine disturbs single runs, seldom half of them. */

/** All in milliseconds. */
export interface Timing {
  readonly median: number;
  readonly least: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly runs: number;
}

export interface Effort {
  /** Run unrecorded for so long first: V8 starts WebAssembly in a quick baseline and optimises what runs often. */
  readonly warmUpMs: number;
  readonly budgetMs: number;
  readonly leastRuns: number;
  readonly mostRuns: number;
}

/** `run` gives the milliseconds of the part that counts; what it does besides, say preparation, does not. */
export function measure(run: () => number, effort: Effort): Timing {
  const started = performance.now();
  while (performance.now() - started < effort.warmUpMs) run();
  const samples: number[] = [];
  const recording = performance.now();
  while (
    samples.length < effort.leastRuns ||
    (samples.length < effort.mostRuns && performance.now() - recording < effort.budgetMs)
  )
    samples.push(run());
  return summary(samples);
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
