/** The active sides of a report, gathered by constraint: at which stages it holds with equality. */

import type { ConstraintSide } from '../../sensitivity';

export interface ActiveSide {
  readonly constraint: string;
  readonly side: string;
  /** `0–4, 7` */
  readonly stages: string;
}

export function activeSides(active: readonly ConstraintSide[]): ActiveSide[] {
  const groups = new Map<string, { constraint: string; side: string; stages: number[] }>();
  for (const { constraint, side, stage } of active) {
    const key = `${side} ${constraint}`;
    const group = groups.get(key) ?? { constraint, side, stages: [] };
    group.stages.push(stage);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ stages, ...group }) => ({ ...group, stages: ranges(stages) }));
}

/** Runs of numbers: 0, 1, 2, 5 becomes `0–2, 5`. */
export function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && number <= run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
