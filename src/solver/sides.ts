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

/** The sides of one row at one stage. */
export interface RowOfSides {
  /** Among the rows with sides of the horizon. */
  readonly number: Indexish;
  readonly sides: readonly Pick<SidePlace, 'number' | 'soft' | 'side'>[];
}

/** Record `body` for every row that has sides; rows of hard sides alike go as one independent loop over all stages. */
export function forRows(w: Workspace, body: (row: RowOfSides) => void): void {
  for (const place of w.segments) {
    const { segment, boundedRows } = place;
    if (boundedRows.length === 0) continue;
    const alike = sidesAlike(place);
    if (alike) {
      const [firstRow, firstSide] = [place.boundedRow(segment.from, 0), place.side(segment.from, 0)];
      w.program.forEach(0, (segment.to - segment.from) * boundedRows.length, (i) =>
        body({
          number: i.plus(firstRow),
          sides: alike.map((side, s) => ({ side, number: i.times(alike.length).plus(firstSide).plus(s), soft: null })),
        }),
      );
    } else
      w.forSegment(place, (k) => {
        const all = sidesOf(w, k, place);
        boundedRows.forEach((row, i) => {
          body({ number: place.boundedRow(k, i), sides: all.filter(({ side }) => side.row === row) });
        });
      });
  }
}

/** Those of the first row, where every row has the same hard sides, one row after the other; null elsewhere. */
function sidesAlike({ segment: { sides }, boundedRows }: SegmentPlace): readonly Side[] | null {
  const count = sides.length / boundedRows.length;
  const alike = sides.every(
    ({ row, sign, soft }, i) => !soft && row === boundedRows[Math.floor(i / count)] && sign === sides[i % count]?.sign,
  );
  return alike ? sides.slice(0, count) : null;
}

/** A row of one entry, in the column of a control. */
export interface ControlRow {
  /** Among the rows with sides of its stage. */
  readonly order: number;
  readonly control: number;
  readonly entry: SegmentPlace['jacobian'][number];
}

/** The rows with sides that bound one control and nothing else, the first of each control. */
export function controlRows({ nx }: Workspace, place: SegmentPlace): ControlRow[] {
  const found: ControlRow[] = [];
  place.boundedRows.forEach((row, order) => {
    const entries = place.jacobian.filter((entry) => entry.row === row);
    const control = entries[0]?.column - nx;
    const taken = found.some((other) => other.control === control);
    if (entries.length === 1 && control >= 0 && !taken) found.push({ order, control, entry: entries[0] });
  });
  return found;
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
