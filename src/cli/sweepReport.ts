/** What a sweep found: for people, as JSON, and as comma-separated values. */
import { type SweepPlan, type SweepTable, sampleCount, writtenColumns } from '../batch';
import { writeCsv } from '../sharing';
import { paint, type Style } from './style';
import type { SweepRequest } from './sweepArguments';
import { indexLines, indexObject, type QuantityIndices } from './sweepIndices';
import { number, table } from './table';

export interface SweepOutcome {
  readonly title: string;
  readonly plan: SweepPlan;
  readonly found: SweepTable;
  /** What was kept because it was asked for. */
  readonly asked: readonly string[];
  readonly backend: string;
  /** What became of a backend that was wanted, where that needs saying. */
  readonly remarks: readonly string[];
  /** Of the quantities; null: the samples are not made for them. */
  readonly indices: readonly QuantityIndices[] | null;
  /** Milliseconds, with everything. */
  readonly ms: number;
}

const columnsOf = ({ plan, found, asked }: SweepOutcome) =>
  writtenColumns(plan.samples, found, (name) => asked.includes(name));

export const sweepCsv = (outcome: SweepOutcome): string => writeCsv(columnsOf(outcome));

export function sweepObject(outcome: SweepOutcome) {
  const { title, plan, found, backend, remarks, ms } = outcome;
  return {
    title,
    count: found.count,
    shape: plan.samples.shape,
    varied: plan.samples.names,
    statuses: Object.fromEntries(found.statuses()),
    backend,
    remarks,
    ms,
    ...(outcome.indices && { indices: indexObject(outcome.indices) }),
    columns: Object.fromEntries(columnsOf(outcome).map(({ name, values }) => [name, Array.from(values)])),
  };
}

const MOST_MESSAGES = 5;

export function sweepReport(outcome: SweepOutcome, { out }: SweepRequest, style: Style): string {
  const { title, plan, found, backend, remarks, ms } = outcome;
  const statuses = [...found.statuses()].sort(([, a], [, b]) => b - a);
  const converged = found.statuses().get('converged') ?? 0;
  const rate = Math.round((1000 * found.count) / ms);
  const all = converged === found.count;
  const lines = [
    paint('bold', title, style),
    `${sampleCount(plan.samples)} instances over ${plan.samples.names.join(', ')}, on ${backend}, in ${(ms / 1000).toFixed(2)} s (${rate} a second)`,
    paint(all ? 'green' : 'red', statuses.map(([status, count]) => `${count} ${status}`).join(', '), style),
    ...remarks,
    '',
    ...quantityLines(outcome, style),
    ...(outcome.indices ? ['', ...indexLines(outcome.indices, plan.samples.names, style)] : []),
    ...failureLines(outcome),
    ...(out === null ? [] : [`Written to ${out}.`]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Of each number kept, its range over the instances that converged. */
function quantityLines({ found, asked }: SweepOutcome, { width }: Style): string[] {
  const status = found.column('status');
  const converged = status?.kind === 'label' ? status.labels.indexOf('converged') : -1;
  const rows = found.columns.flatMap((column) => {
    if (column.kind !== 'real' || !asked.includes(column.name)) return [];
    let [least, most, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
    column.values.forEach((value, n) => {
      if (status?.values[n] !== converged || !Number.isFinite(value)) return;
      [least, most, sum, count] = [Math.min(least, value), Math.max(most, value), sum + value, count + 1];
    });
    return count === 0 ? [] : [[column.name, least, sum / count, most] as const];
  });
  if (rows.length === 0) return [];
  return table(
    [
      { heading: 'where it converged', align: 'left', cells: rows.map(([name]) => name) },
      { heading: 'least', cells: rows.map(([, least]) => number(least)) },
      { heading: 'mean', cells: rows.map(([, , mean]) => number(mean)) },
      { heading: 'most', cells: rows.map(([, , , most]) => number(most)) },
    ],
    width,
  );
}

/** Why instances did not converge, the most frequent reasons first. */
function failureLines({ found }: SweepOutcome): string[] {
  const [status, message] = [found.column('status'), found.column('message')];
  if (status?.kind !== 'label' || message?.kind !== 'label') return [];
  const reasons = new Map<string, number>();
  message.values.forEach((place, n) => {
    const words = message.labels[place];
    if (words !== undefined && status.labels[status.values[n] ?? -1] !== 'converged')
      reasons.set(words, (reasons.get(words) ?? 0) + 1);
  });
  const all = [...reasons].sort(([, a], [, b]) => b - a);
  const shown = all.slice(0, MOST_MESSAGES).map(([words, count]) => `${count}: ${words}`);
  const more = all.length > MOST_MESSAGES ? [`... and ${all.length - MOST_MESSAGES} other reasons.`] : [];
  return all.length === 0 ? [] : ['', ...shown, ...more];
}
