/**
 * The active set of a solution in a few words, the same for the same set: `F upper 0-3 7, speed lower 12`. A side is active
 * where its multiplier exceeds its slack; on the central path their product is tau.
 */
import type { MultiplierKind, Solution } from '../../solver';

const sides = [
  ['lower', 'lower'],
  ['upper', 'upper'],
  // Of soft constraints: a violation that is held at zero.
  ['slackLowerMultiplier', 'lower kept'],
  ['slackUpperMultiplier', 'upper kept'],
] as const satisfies readonly (readonly [MultiplierKind, string])[];

export function describeActiveSet({ constraints, tau }: Solution): string {
  const least = Math.sqrt(tau);
  const words = constraints.flatMap((constraint) =>
    sides.flatMap(([kind, side]) => {
      const multipliers = constraint[kind] ?? [];
      const active = constraint.stages.filter((_, i) => multipliers[i] > least);
      return active.length === 0 ? [] : [`${constraint.name} ${side} ${runs(active)}`];
    }),
  );
  return words.length === 0 ? 'none' : words.join(', ');
}

/** 0, 1, 2, 5 becomes `0-2 5`. */
function runs(stages: readonly number[]): string {
  const found: [number, number][] = [];
  for (const stage of stages) {
    const run = found.at(-1);
    if (run && stage === run[1] + 1) run[1] = stage;
    else found.push([stage, stage]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(' ');
}
