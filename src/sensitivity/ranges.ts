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

/** Pairs of slack and multiplier, with what stands for each: the larger one, and its rate in the column at hand. */
interface Pairs {
  readonly sides: readonly ConstraintSide[];
  readonly active: readonly boolean[];
  readonly values: Float64Array;
  readonly rates: readonly [slack: Float64Array, multiplier: Float64Array];
}

export function activeSetRanges(system: SensitivitySystem, table: SideTable): ActiveSetRange[] {
  const kernel = system.solver.executable;
  const families = [pairsOf(kernel, table.sides, 't', 'zeta'), pairsOf(kernel, table.violations, 'e', 'v')];
  const ranges: ActiveSetRange[] = [];
  system.eachColumn([...system.columns.keys()], (_, j) => {
    ranges.push(rangeOf(system.columns[j], families));
  });
  return ranges;
}

function pairsOf(kernel: Executable, sides: readonly ConstraintSide[], slack: string, multiplier: string): Pairs {
  const [slacks, multipliers] = [kernel.buffer(slack), kernel.buffer(multiplier)];
  return {
    sides,
    active: sides.map((_, i) => multipliers[i] > slacks[i]),
    values: slacks.map((value, i) => Math.max(value, multipliers[i])),
    rates: [kernel.buffer(`d.${slack}`), kernel.buffer(`d.${multiplier}`)],
  };
}

function rangeOf(column: string, families: readonly Pairs[]): ActiveSetRange {
  /** Largest rates of a slack and of a multiplier. */
  const largest = [0, 0];
  for (const { active, rates } of families)
    for (let i = 0; i < active.length; i++) {
      const kind = active[i] ? 1 : 0;
      largest[kind] = Math.max(largest[kind], Math.abs(rates[kind][i]));
    }
  let [down, up] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [downEvent, upEvent]: (ActiveSetChange | null)[] = [null, null];
  for (const { sides, active, values, rates } of families)
    for (let i = 0; i < active.length; i++) {
      const kind = active[i] ? 1 : 0;
      const rate = rates[kind][i];
      if (!(Math.abs(rate) > NEGLIGIBLE * largest[kind])) continue;
      const length = values[i] / Math.abs(rate);
      if (!(length < (rate < 0 ? up : down))) continue;
      const event: ActiveSetChange = { ...sides[i], becomes: active[i] ? 'inactive' : 'active' };
      if (rate < 0) [up, upEvent] = [length, event];
      else [down, downEvent] = [length, event];
    }
  return { column, down, up, downEvent, upEvent };
}
