/** What happens to a constraint where the set of active constraints changes, in words. */
import type { ActiveSetChange } from '../sensitivity';

/** `force leaves its upper bound at stage 3` */
export function changeWords({ constraint, side, stage, becomes }: ActiveSetChange): string {
  const bound = side === 'lower' || side === 'slackLower' ? 'lower' : 'upper';
  // The violation of a soft side has zero as its bound.
  const soft = side === 'slackLower' || side === 'slackUpper';
  const verb = soft
    ? becomes === 'active'
      ? 'no longer violates'
      : 'begins to violate'
    : becomes === 'active'
      ? 'reaches'
      : 'leaves';
  return `${constraint} ${verb} its ${bound} bound at stage ${stage}`;
}
