/** One quantity over time, as it is to be drawn. */
import type { Bound } from '../quantities';
import { extent, padded, type Range, union } from './axis';

export interface Chart {
  readonly key: string;
  readonly testId: string;
  readonly name: string;
  readonly description: string;
  /** Names the chart for those who do not see it. */
  readonly label: string;
  /** Times of all stages, [N+1]. */
  readonly t: Float64Array;
  readonly values: Float64Array;
  /** Stage of the first value. */
  readonly from: number;
  /** Drawn as steps: value k holds on [t_k, t_{k+1}]. */
  readonly step: boolean;
  readonly colour: string;
  readonly bounds: readonly Bound[];
  /** The values as they were before a drag: drawn underneath, faint. */
  readonly ghost: Float64Array | null;
  /** Where the derivatives at the beginning of a drag say that the values go; drawn beside them, dashed. */
  readonly prediction?: Float64Array | null;
  /** What it shows, as the sensitivities name it; absent: something they do not have. */
  readonly quantity?: string | undefined;
  /** The column of a derivative. */
  readonly column?: string | undefined;
}

/** The data, and as much of bounds and predictions as is not so far off that the data would shrink to a line. */
export function rangeOf({ values, ghost, prediction, bounds }: Chart): Range {
  const data = extent(values, ghost ?? []) ?? { low: -1, high: 1 };
  const reach = 0.75 * (data.high - data.low);
  const predicted = extent(prediction ?? []) ?? data;
  let range = union(data, {
    low: Math.max(predicted.low, data.low - reach),
    high: Math.min(predicted.high, data.high + reach),
  });
  for (const side of bounds.flatMap(({ lower, upper }) => [lower, upper])) {
    if (side === null || side < data.low - reach || side > data.high + reach) continue;
    range = union(range, { low: side, high: side });
  }
  return padded(range);
}
