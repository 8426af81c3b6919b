/** Going through the sides of the inequalities, stage by stage. */
import { type Indexish, type Real, ZERO } from '../kernel';
import type { Side } from '../problem';
import type { SegmentPlace, Workspace } from './workspace';

export interface SidePlace {
  readonly k: Indexish;
  readonly place: SegmentPlace;
  readonly side: Side;
  /** Number among all sides, and of the soft side among all soft ones. */
  readonly number: Indexish;
  readonly soft: { readonly number: Indexish; readonly l1: Real; readonly l2: Real } | null;
}

/** The sides of stage k; at(i) is side i of its segment. */
export function sidesOf(w: Workspace, k: Indexish, place: SegmentPlace): SidePlace[] {
  return place.segment.sides.map((side, i) => {
    const weights = side.soft && w.invariants.lower([side.soft.l1, side.soft.l2], w.invariants.signalBindings(k));
    return {
      k,
      place,
      side,
      number: place.side(k, i),
      soft: weights && { number: place.soft(k, i), l1: weights[0], l2: weights[1] },
    };
  });
}

/** Record `body` for every side of every stage. */
export function forSides(w: Workspace, body: (side: SidePlace) => void): void {
  for (const place of w.segments)
    if (place.segment.sides.length > 0) w.forSegment(place, (k) => sidesOf(w, k, place).forEach(body));
}

/** Row r of the row Jacobian times a vector with entries `at`. */
export function rowTimes(place: SegmentPlace, k: Indexish, row: number, at: (column: number) => Real): Real {
  return place.jacobian
    .filter((entry) => entry.row === row)
    .reduce((sum, entry) => sum.plus(entry.at(k).times(at(entry.column))), ZERO);
}

/** What the user calls a side: its constraint, stage and direction. */
export function sideName(w: Workspace, number: number): string {
  for (const place of w.segments) {
    const { segment } = place;
    for (let k = segment.from; k < segment.to; k++) {
      const found = segment.sides.find((_, i) => place.side(k, i) === number);
      if (found) {
        const { name } = w.stages.problem.constraints[found.constraint];
        return `the ${found.sign === 1 ? 'upper' : 'lower'} side of ${name} at stage ${k}`;
      }
    }
  }
  throw new RangeError(`there is no side ${number}`);
}
