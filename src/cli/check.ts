/** Sensitivities against finite differences of re-solved problems, column by column. */
import { type DifferenceColumn, type DifferentiableSolver, differenceColumn, type Sensitivities } from '../sensitivity';
import type { Inputs, Settings } from '../solver';

export interface CheckedColumn {
  readonly column: string;
  /** Null where the re-solves failed. */
  readonly difference: DifferenceColumn | null;
  /** Largest difference over states and controls, in units of the column's largest entry. */
  readonly gap: number | null;
  readonly verdict: 'agrees' | 'kink' | 'differs' | 'failed';
  readonly reason: string;
}

/** A gap up to this, or to ten times the estimated error, is agreement. */
const AGREEMENT = 1e-5;
const MARGIN = 10;
/** Solutions that are subtracted must be better than what is checked. */
const TIGHT = 1e-11;

export function checkColumns(
  solver: DifferentiableSolver,
  inputs: Inputs,
  settings: Partial<Settings>,
  sensitivities: Sensitivities,
): CheckedColumn[] {
  const { columns } = sensitivities;
  const tolerance = Math.min(TIGHT, settings.tolerance ?? TIGHT);
  return columns.map((column, j): CheckedColumn => {
    const found = differenceColumn(
      solver.problem,
      (at, start) => solver.solve(at, { ...settings, tolerance }, start),
      inputs,
      column,
    );
    if (!found.ok) return { column, difference: null, gap: null, verdict: 'failed', reason: found.message };
    const { difference } = found;
    const pairs = [
      [sensitivities.dx, difference.dx],
      [sensitivities.du, difference.du],
    ] as const;
    let [largest, apart] = [0, 0];
    for (const [ours, theirs] of pairs)
      theirs.forEach((value, i) => {
        largest = Math.max(largest, Math.abs(value));
        apart = Math.max(apart, Math.abs(value - (ours[i * columns.length + j] ?? Number.NaN)));
      });
    const gap = largest > 0 ? apart / largest : apart;
    if (gap <= Math.max(AGREEMENT, MARGIN * difference.error))
      return { column, difference, gap, verdict: 'agrees', reason: '' };
    const [change] = difference.changes;
    return change
      ? {
          column,
          difference,
          gap,
          verdict: 'kink',
          reason: `the ${change.side} side of ${change.constraint} at stage ${change.stage} becomes ${change.becomes} within the step`,
        }
      : { column, difference, gap, verdict: 'differs', reason: 'the active set is the same on either side' };
  });
}
