/** The multipliers of a constraint as they go to the page. */
import type { ConstraintMultipliers } from '../solver';
import type { Multipliers } from './protocol';

export function multipliersOf({ name: _, stages: __, ...kinds }: ConstraintMultipliers): Multipliers {
  return Object.fromEntries(Object.entries(kinds).map(([kind, values]) => [kind, Float64Array.from(values)]));
}
