/**
 * The sides of the inequalities as rows of the Newton system. With g = sign (bound - c) >= -e and right-hand sides
 * r_t (of g + e - t), r_c (of t zeta, divided by t), r_e (of the stationarity in e) and r_v (of e v, divided by e), the
 * slack, the violation and its multiplier are eliminated from
 *
 *   dt = r_t - sign c_z dz + de,   t dzeta + zeta dt = t r_c,   D de = dzeta + r_e,  D = l2 + v/e,   dv = r_v - (v/e) de,
 *
 * which leaves, for each side, one row with the compliance kappa = t/zeta + 1/D (1/D = 0 for hard sides):
 *
 *   sign c_z dz - kappa dzeta + offset = 0,   offset = -(r_t + r_e/D - r_c t/zeta).
 *
 * The sides of one row c are parallel, and dependent where all are stiff: they are joined into one equation for the row,
 *
 *   c_z dz - kappa eta + offset = 0,   eta = sum sign_i dzeta_i,
 *   1/kappa = sum 1/kappa_i,   offset = kappa sum sign_i offset_i / kappa_i,
 *
 * and told apart again afterwards: dzeta_i = (sign_i c_z dz + offset_i) / kappa_i with c_z dz = kappa eta - offset.
 */
import { type Buffer, type Indexish, min, type Place, type Procedure, type Real, real, select, ZERO } from '../kernel';
import { forSides, rowTimes, type SidePlace, sidesOf } from './sides';
import type { SegmentPlace, Workspace } from './workspace';

/** Right-hand sides of the sides' equations. */
export interface SideRhs {
  readonly sides: Buffer; // r_t [sides]
  readonly complementarity: Buffer; // r_c [sides]
  readonly penalty: Buffer; // r_e [soft sides]
  readonly violation: Buffer; // r_v [soft sides]
}

/** Compliances at the start above the inverse of this are as usual: only far smaller ones are a matter of units. */
const ORDINARY = 100;
/** Slacks below this have no room: their size says nothing of units. */
export const NARROW = 1e-6;
/** Name of the buffer of `least`. */
export const LEAST_COMPLIANCE = 'kkt.leastCompliance';

export interface Elimination {
  readonly rhs: SideRhs;
  /** kappa, [rows with sides]. */
  readonly compliance: Buffer;
  /** [rows with sides] */
  readonly offset: Buffer;
  /** eta, [rows with sides]. */
  readonly multiplier: Buffer;
  /** The compliance below which a row is taken for softer than it is, [rows with sides]. */
  readonly least: Buffer;
  /** `least` in units of the compliance at the start, so that it does not depend on the units of constraints and cost. */
  readonly noteUnits: Procedure;
  /** `compliance` from the iterate. */
  readonly prepare: Procedure;
  /** `offset` from `rhs`. */
  readonly reduce: Procedure;
  /** The rest of w.direction from its point and `multiplier`. */
  readonly expand: Procedure;
}

interface RowOfSides {
  readonly k: Indexish;
  readonly place: SegmentPlace;
  readonly row: number;
  /** Among the rows with sides of the horizon. */
  readonly number: Indexish;
  readonly sides: readonly SidePlace[];
}

export function defineElimination(w: Workspace): Elimination {
  const { program, iterate, direction } = w;
  const rhs: SideRhs = {
    sides: program.buffer('rhs.sides', w.sides),
    complementarity: program.buffer('rhs.complementarity', w.sides),
    penalty: program.buffer('rhs.penalty', w.softSides),
    violation: program.buffer('rhs.violation', w.softSides),
  };
  const sideCompliance = program.buffer('sides.compliance', w.sides);
  const sideOffset = program.buffer('sides.offset', w.sides);
  const compliance = program.buffer('kkt.compliance', w.boundedRows);
  const multiplier = program.buffer('kkt.multiplier', w.boundedRows);
  const softness = program.buffer('kkt.softness', w.softSides); // 1/D
  const offset = program.buffer('kkt.offset', w.boundedRows);
  const least = program.buffer(LEAST_COMPLIANCE, w.boundedRows);

  /** Record `body` for every row that has sides, with these. */
  const forRows = (body: (row: RowOfSides) => void): void => {
    for (const place of w.segments) {
      if (place.boundedRows.length === 0) continue;
      w.forSegment(place, (k) => {
        const all = sidesOf(w, k, place);
        place.boundedRows.forEach((row, i) => {
          body({ k, place, row, number: place.boundedRow(k, i), sides: all.filter(({ side }) => side.row === row) });
        });
      });
    }
  };
  const sum = (sides: readonly SidePlace[], term: (side: SidePlace) => Real): Real =>
    sides.map(term).reduce((total, value) => total.plus(value));

  const noteUnits = program.procedure(
    'kkt.noteUnits',
    () =>
      forRows(({ number, sides }) => {
        const units = sides.map(({ number: i }): Real => {
          const slack = iterate.t.at(i);
          return select(slack.lt(NARROW), 1, slack.over(iterate.zeta.at(i)).times(ORDINARY));
        });
        least.at(number).set(units.reduce((a, b) => min(a, b), real(1)).times(w.target.sideRegularisation));
      }),
    false,
  );

  const prepare = program.procedure(
    'kkt.prepareSides',
    () => {
      program.for(0, w.sides, (i) => sideCompliance.at(i).set(iterate.t.at(i).over(iterate.zeta.at(i))));
      if (w.softSides > 0)
        forSides(w, ({ number, soft }) => {
          if (!soft) return;
          const stiffness = soft.l2.plus(iterate.v.at(soft.number).over(iterate.e.at(soft.number)));
          softness.at(soft.number).set(real(1).over(stiffness));
          sideCompliance.at(number).add(softness.at(soft.number));
        });
      forRows(({ number, sides }) => {
        const stiffness = sum(sides, (side) => real(1).over(sideCompliance.at(side.number)));
        compliance.at(number).set(sides.length === 1 ? sideCompliance.at(sides[0].number) : real(1).over(stiffness));
      });
    },
    false,
  );

  const reduce = program.procedure(
    'kkt.reduceSides',
    () => {
      program.for(0, w.sides, (i) => {
        const ratio = iterate.t.at(i).over(iterate.zeta.at(i));
        sideOffset.at(i).set(rhs.complementarity.at(i).times(ratio).minus(rhs.sides.at(i)));
      });
      if (w.softSides > 0)
        forSides(w, ({ number, soft }) => {
          if (soft) sideOffset.at(number).add(rhs.penalty.at(soft.number).times(softness.at(soft.number)).negated());
        });
      forRows(({ number, sides }) => {
        const shares = sum(sides, ({ side, number: i }) =>
          sideOffset
            .at(i)
            .times(side.sign)
            .over(sides.length === 1 ? 1 : sideCompliance.at(i)),
        );
        offset.at(number).set(sides.length === 1 ? shares : compliance.at(number).times(shares));
      });
    },
    false,
  );

  /** dzeta of the sides of a row. The stiffest one takes what the others leave of eta, free of cancellation. */
  const tellApart = ({ number, sides }: RowOfSides): void => {
    const eta = program.let(multiplier.at(number));
    if (sides.length === 1) {
      direction.zeta.at(sides[0].number).set(eta.times(sides[0].side.sign));
      return;
    }
    const change = program.let(compliance.at(number).times(eta).minus(offset.at(number)));
    const alone = sides.map(({ side, number: i }) =>
      program.let(change.times(side.sign).plus(sideOffset.at(i)).over(sideCompliance.at(i))),
    );
    const stiffest = program.let(sides.map(({ number: i }): Real => sideCompliance.at(i)).reduce((a, b) => min(a, b)));
    sides.forEach(({ side, number: i }, s) => {
      const others = sides.reduce(
        (left, other, o) => (o === s ? left : left.minus(alone[o].times(other.side.sign))),
        eta,
      );
      direction.zeta.at(i).set(select(sideCompliance.at(i).le(stiffest), others.times(side.sign), alone[s]));
    });
  };

  const expand = program.procedure(
    'kkt.expandSides',
    () => {
      forRows(tellApart);
      forSides(w, ({ k, place, side, number, soft }) => {
        const dzeta = program.let(direction.zeta.at(number));
        const de: Place = program.variable(ZERO);
        if (soft) {
          de.set(dzeta.plus(rhs.penalty.at(soft.number)).times(softness.at(soft.number)));
          const pull = iterate.v.at(soft.number).over(iterate.e.at(soft.number)).times(de);
          direction.e.at(soft.number).set(de);
          direction.v.at(soft.number).set(rhs.violation.at(soft.number).minus(pull));
        }
        // Two formulas for dt; the one free of cancellation is that of the smaller of slack and multiplier.
        const change = rowTimes(place, k, side.row, (column) => direction.point.at(k, column)).times(side.sign);
        const fromRow = program.let(rhs.sides.at(number).minus(change).plus(de));
        const ratio = program.let(iterate.t.at(number).over(iterate.zeta.at(number)));
        const fromProduct = ratio.times(rhs.complementarity.at(number).minus(dzeta));
        direction.t.at(number).set(select(ratio.lt(1), fromProduct, fromRow));
      });
    },
    false,
  );

  return { rhs, compliance, offset, multiplier, least, noteUnits, prepare, reduce, expand };
}
