/**
 * The sides of the inequalities as rows of the Newton system. With g = sign (bound - c) >= -e and right-hand sides
 * r_t (of g + e - t), r_c (of t zeta, divided by t), r_e (of the stationarity in e) and r_v (of e v, divided by e), the
 * slack, the violation and its multiplier are eliminated from
 *
 *   dt = r_t - sign c_z dz + de,   t dzeta + zeta dt = t r_c,   D de = dzeta + r_e,  D = l2 + v/e,   dv = r_v - (v/e) de,
 *
 * which leaves, for each side, one row with the stiffness s = 1 / (t/zeta + 1/D) (1/D = 0 for hard sides):
 *
 *   dzeta = s sign c_z dz + o,   o = -s (r_t + r_e/D - r_c t/zeta)   (hard: r_c - s r_t).
 *
 * The sides of one row c are parallel, and dependent where all are stiff: they are joined into one equation for the row,
 *
 *   eta = S c_z dz + pull,   eta = sum sign_i dzeta_i,   S = sum s_i,   pull = sum sign_i o_i,
 *
 * and told apart again afterwards.
 */
import { type Buffer, max, min, type Place, type Procedure, type Real, real, select, ZERO } from '../kernel';
import { controlRows, forRows, forSides, type RowOfSides } from './sides';
import { setVector } from './vectors';
import type { Workspace } from './workspace';

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
  /** S, [rows with sides]. */
  readonly stiffness: Buffer;
  /** 1/(t zeta) [sides] */
  readonly inverse: Buffer;
  /** The compliance 1/S below which a row is taken for softer than it is, [rows with sides]. */
  readonly least: Buffer;
  /** The share of its stiffness that a row is taken for, [rows with sides]. */
  readonly share: Buffer;
  /** 1 where some row is stiffer than that. */
  readonly stiff: Place;
  /** [rows with sides] */
  readonly pull: Buffer;
  /** c_z dz of the direction, and eta, [rows with sides]. */
  readonly change: Buffer;
  readonly multiplier: Buffer;
  /** `least` in units of the compliance at the start, so that it does not depend on the units of constraints and cost. */
  readonly noteUnits: Procedure;
  /** `stiffness` and `share` from the iterate. */
  readonly prepare: Procedure;
  /** `pull` from `rhs`. */
  readonly reduce: Procedure;
  /** The rest of w.direction from `change` and `multiplier`. */
  readonly expand: Procedure;
}

export function defineElimination(w: Workspace): Elimination {
  const { program, iterate, direction } = w;
  const rhs: SideRhs = {
    sides: program.buffer('rhs.sides', w.sides),
    complementarity: program.buffer('rhs.complementarity', w.sides),
    penalty: program.buffer('rhs.penalty', w.softSides),
    violation: program.buffer('rhs.violation', w.softSides),
  };
  const inverse = program.buffer('sides.inverse', w.sides); // 1/(t zeta)
  const ratio = program.buffer('sides.ratio', w.sides); // t/zeta
  const sideStiffness = program.buffer('sides.stiffness', w.sides);
  const sidePull = program.buffer('sides.pull', w.sides); // o
  const softness = program.buffer('kkt.softness', w.softSides); // 1/D
  const rows = (name: string): Buffer => program.buffer(name, w.boundedRows);
  const [stiffness, share, pull] = [rows('rows.stiffness'), rows('rows.share'), rows('rows.pull')];
  const [change, multiplier, least] = [rows('rows.change'), rows('rows.multiplier'), rows(LEAST_COMPLIANCE)];
  const stiff = w.scalar('rows.stiff');

  const noteUnits = program.procedure(
    'kkt.noteUnits',
    () =>
      forRows(w, ({ number, sides }) => {
        const units = sides.map(({ number: i }): Real => {
          const slack = iterate.t.at(i);
          return select(slack.lt(NARROW), 1, slack.over(iterate.zeta.at(i)).times(ORDINARY));
        });
        least.at(number).set(units.reduce((a, b) => min(a, b), real(1)).times(w.target.sideRegularisation));
      }),
    false,
  );

  const sum = <Item>(items: readonly Item[], term: (item: Item) => Real): Real =>
    items.map(term).reduce((total, value) => total.plus(value));

  const prepare = program.procedure(
    'kkt.prepareSides',
    () => {
      program.forEach(0, w.sides, (i) => {
        const [t, zeta] = [program.let(iterate.t.at(i)), program.let(iterate.zeta.at(i))];
        const both = program.let(real(1).over(t.times(zeta)));
        inverse.at(i).set(both);
        ratio.at(i).set(t.times(t).times(both));
        sideStiffness.at(i).set(zeta.times(zeta).times(both));
      });
      if (w.softSides > 0)
        forSides(w, ({ number, soft }) => {
          if (!soft) return;
          const bend = soft.l2.plus(iterate.v.at(soft.number).over(iterate.e.at(soft.number)));
          softness.at(soft.number).set(real(1).over(bend));
          sideStiffness.at(number).set(real(1).over(ratio.at(number).plus(softness.at(soft.number))));
        });
      forRows(w, ({ number, sides }) => stiffness.at(number).set(sum(sides, (side) => sideStiffness.at(side.number))));
      const stiffest = program.greatest(1, 0, w.boundedRows, (i) => stiffness.at(i).times(least.at(i)));
      stiff.set(select(stiffest.gt(1), 1, 0));
      program.if(
        stiff.gt(0),
        () => {
          setVector(program, share, (i) => real(1).over(max(stiffness.at(i).times(least.at(i)), 1)));
          // One large entry on the diagonal of a control does the recursion no harm.
          for (const place of w.segments) {
            const rows = controlRows(w, place);
            if (rows.length > 0)
              w.forSegment(place, (k) => {
                for (const { order } of rows) share.at(place.boundedRow(k, order)).set(1);
              });
          }
        },
        () => setVector(program, share, () => 1),
      );
    },
    false,
  );

  const reduce = program.procedure(
    'kkt.reduceSides',
    () => {
      setVector(program, sidePull, (i) => rhs.complementarity.at(i).minus(sideStiffness.at(i).times(rhs.sides.at(i))));
      if (w.softSides > 0)
        forSides(w, ({ number, soft }) => {
          if (!soft) return;
          const bent = rhs.penalty.at(soft.number).times(softness.at(soft.number));
          const offset = rhs.complementarity.at(number).times(ratio.at(number)).minus(rhs.sides.at(number)).minus(bent);
          sidePull.at(number).set(offset.times(sideStiffness.at(number)));
        });
      forRows(w, ({ number, sides }) =>
        pull.at(number).set(sum(sides, ({ side, number: i }) => sidePull.at(i).times(side.sign))),
      );
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
    const moved = program.let(change.at(number));
    const stiffnesses = sides.map(({ number: i }) => program.let(sideStiffness.at(i)));
    const alone = sides.map(({ side, number: i }, s) =>
      program.let(moved.times(side.sign).times(stiffnesses[s]).plus(sidePull.at(i))),
    );
    sides.forEach(({ side, number: i }, s) => {
      const next = stiffnesses.filter((_, o) => o !== s).reduce((a, b) => max(a, b));
      const others = sides.reduce(
        (left, other, o) => (o === s ? left : left.minus(alone[o].times(other.side.sign))),
        eta,
      );
      direction.zeta.at(i).set(select(stiffnesses[s].ge(next), others.times(side.sign), alone[s]));
    });
  };

  /** dt, de and dv. Of two formulas for dt that of the smaller one of slack and multiplier is free of cancellation. */
  const follow = ({ number, sides }: RowOfSides): void => {
    for (const { side, number: i, soft } of sides) {
      const dzeta = program.let(direction.zeta.at(i));
      const de: Place | null = soft ? program.variable(ZERO) : null;
      if (soft && de) {
        de.set(dzeta.plus(rhs.penalty.at(soft.number)).times(softness.at(soft.number)));
        const relief = iterate.v.at(soft.number).over(iterate.e.at(soft.number)).times(de);
        direction.e.at(soft.number).set(de);
        direction.v.at(soft.number).set(rhs.violation.at(soft.number).minus(relief));
      }
      const fromRow = program.let(
        rhs.sides
          .at(i)
          .minus(change.at(number).times(side.sign))
          .plus(de ?? 0),
      );
      const fromProduct = ratio.at(i).times(rhs.complementarity.at(i).minus(dzeta));
      direction.t.at(i).set(select(ratio.at(i).lt(1), fromProduct, fromRow));
    }
  };

  const expand = program.procedure(
    'kkt.expandSides',
    () =>
      forRows(w, (row) => {
        tellApart(row);
        follow(row);
      }),
    false,
  );

  return { rhs, inverse, stiffness, least, share, stiff, pull, change, multiplier, noteUnits, prepare, reduce, expand };
}
