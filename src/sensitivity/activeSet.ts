/** The sides of the inequalities as data: which constraint, at which stage, on which side. */
import type { SegmentPlace, Workspace } from '../solver';

/** `slackLower` and `slackUpper` are the violations of soft sides, whose bound is zero. */
export type SideKind = 'lower' | 'upper' | 'slackLower' | 'slackUpper';

export interface ConstraintSide {
  readonly constraint: string;
  readonly stage: number;
  readonly side: SideKind;
}

export interface ActiveSetChange extends ConstraintSide {
  readonly becomes: 'active' | 'inactive';
}

/** The sides in the order of the solver's slacks t, and the violations of soft sides in the order of e. */
export interface SideTable {
  readonly sides: readonly ConstraintSide[];
  readonly violations: readonly ConstraintSide[];
}

export function sideTable(w: Workspace): SideTable {
  const sides: ConstraintSide[] = [];
  const violations: ConstraintSide[] = [];
  const { constraints } = w.stages.problem;
  forEachStage(w, (stage, place) =>
    place.segment.sides.forEach(({ constraint, sign, soft }, i) => {
      const { name } = constraints[constraint];
      sides[place.side(stage, i) as number] = { constraint: name, stage, side: sign === 1 ? 'upper' : 'lower' };
      if (soft)
        violations[place.soft(stage, i) as number] = {
          constraint: name,
          stage,
          side: sign === 1 ? 'slackUpper' : 'slackLower',
        };
    }),
  );
  return { sides, violations };
}

/** On the host: every stage with its segment. */
export function forEachStage(w: Workspace, body: (k: number, place: SegmentPlace) => void): void {
  for (const place of w.segments) for (let k = place.segment.from; k < place.segment.to; k++) body(k, place);
}
