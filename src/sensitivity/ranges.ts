/**
 * How far each parameter may move before the active set changes: the ratio test on the linear prediction of slacks and
 * multipliers (Gal 1995, Postoptimal Analyses, chapter 3). Of each pair the larger one decides: a multiplier that falls
 * to zero makes its side inactive, a slack that does so makes it active.
 */
import type { Executable } from '../kernel';
import type { ActiveSetChange, ConstraintSide, SideTable } from './activeSet';
import type { SensitivitySystem } from './sensitivitySystem';
import type { ActiveSetRange } from './validity';

/** Rates this much smaller than the largest of their column are rounding. */
const NEGLIGIBLE = 1e-11;

interface Pair {
  readonly side: ConstraintSide;
  readonly slack: number;
  readonly multiplier: number;
  readonly slackRate: () => number;
  readonly multiplierRate: () => number;
}

export function activeSetRanges(system: SensitivitySystem, table: SideTable): ActiveSetRange[] {
  const kernel = system.solver.executable;
  const pairs = [...pairsOf(kernel, table.sides, 't', 'zeta'), ...pairsOf(kernel, table.violations, 'e', 'v')];
  const ranges: ActiveSetRange[] = [];
  system.eachColumn([...system.columns.keys()], (_, j) => {
    ranges.push(rangeOf(system.columns[j], pairs));
  });
  return ranges;
}

function pairsOf(kernel: Executable, sides: readonly ConstraintSide[], slack: string, multiplier: string): Pair[] {
  const [values, multipliers] = [kernel.buffer(slack), kernel.buffer(multiplier)];
  const [rates, multiplierRates] = [kernel.buffer(`d.${slack}`), kernel.buffer(`d.${multiplier}`)];
  return sides.map((side, i) => ({
    side,
    slack: values[i],
    multiplier: multipliers[i],
    slackRate: () => rates[i],
    multiplierRate: () => multiplierRates[i],
  }));
}

function rangeOf(column: string, pairs: readonly Pair[]): ActiveSetRange {
  const all = pairs.map(({ side, slack, multiplier, slackRate, multiplierRate }) => {
    const active = multiplier > slack;
    const event: ActiveSetChange = { ...side, becomes: active ? 'inactive' : 'active' };
    return { event, active, value: active ? multiplier : slack, rate: active ? multiplierRate() : slackRate() };
  });
  const largest = (active: boolean): number =>
    all.reduce((most, one) => (one.active === active ? Math.max(most, Math.abs(one.rate)) : most), 0);
  const noise = { active: NEGLIGIBLE * largest(true), inactive: NEGLIGIBLE * largest(false) };
  let [down, up] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [downEvent, upEvent]: (ActiveSetChange | null)[] = [null, null];
  for (const { event, active, value, rate } of all) {
    if (!(Math.abs(rate) > (active ? noise.active : noise.inactive))) continue;
    const length = value / Math.abs(rate);
    if (rate < 0 && length < up) [up, upEvent] = [length, event];
    if (rate > 0 && length < down) [down, downEvent] = [length, event];
  }
  return { column, down, up, downEvent, upEvent };
}
