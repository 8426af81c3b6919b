/** Sobol indices of what a sweep has kept, where its samples are made for them. */
import { type Estimate, type SobolIndices, type SweepPlan, type SweepTable, sobolIndices } from '../batch';
import type { Style } from './style';
import type { SweepRequest } from './sweepArguments';
import { number, table } from './table';

export interface QuantityIndices extends SobolIndices {
  readonly name: string;
}

/** `asked`: columns of the table; those that are words have no variance. Null: these are other samples. */
export function indicesOf(
  { samples }: Pick<SweepRequest, 'samples'>,
  plan: SweepPlan,
  found: SweepTable,
  asked: readonly string[],
): QuantityIndices[] | null {
  if (samples.kind !== 'saltelli') return null;
  return asked.flatMap((name) => {
    const column = found.column(name);
    return column?.kind === 'real' ? [{ name, ...sobolIndices(column.values, plan.samples.names.length) }] : [];
  });
}

/** A table for each quantity, the most influential value first. */
export function indexLines(indices: readonly QuantityIndices[], names: readonly string[], { width }: Style): string[] {
  return indices.flatMap(({ name, first, total, mean, variance, blocks }) => {
    if (!Number.isFinite(variance)) return [`${name} does not vary.`, ''];
    const order = names.map((_, j) => j).toSorted((a, b) => total[b].value - total[a].value);
    const cells = (estimates: readonly Estimate[]) => order.map((j) => number(estimates[j].value));
    const intervals = (estimates: readonly Estimate[]) =>
      order.map((j) => `${number(estimates[j].from)} to ${number(estimates[j].to)}`);
    return [
      `Shares of the variance of ${name}: mean ${number(mean)}, standard deviation ${number(Math.sqrt(variance))}, ${blocks} blocks`,
      ...table(
        [
          { heading: 'value', align: 'left', cells: order.map((j) => names[j]) },
          { heading: 'alone', cells: cells(first) },
          { heading: '95 %', cells: intervals(first) },
          { heading: 'in all', cells: cells(total) },
          { heading: '95 %', cells: intervals(total) },
        ],
        width,
      ),
      '',
    ];
  });
}

/** Parallel to what is varied. */
export function indexObject(indices: readonly QuantityIndices[]) {
  return Object.fromEntries(indices.map(({ name, ...found }) => [name, found]));
}
