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
 */
import { type Buffer, type Place, type Procedure, real, select, ZERO } from '../kernel';
import { forSides, rowTimes } from './sides';
import type { Workspace } from './workspace';

/** Right-hand sides of the sides' equations. */
export interface SideRhs {
  readonly sides: Buffer; // r_t [sides]
  readonly complementarity: Buffer; // r_c [sides]
  readonly penalty: Buffer; // r_e [soft sides]
  readonly violation: Buffer; // r_v [soft sides]
}

export interface Elimination {
  readonly rhs: SideRhs;
  /** kappa, [sides]. */
  readonly compliance: Buffer;
  /** [sides] */
  readonly offset: Buffer;
  /** `compliance` from the iterate. */
  readonly prepare: Procedure;
  /** `offset` from `rhs`. */
  readonly reduce: Procedure;
  /** The rest of w.direction from its point and zeta. */
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
  const compliance = program.buffer('kkt.compliance', w.sides);
  const softness = program.buffer('kkt.softness', w.softSides); // 1/D
  const offset = program.buffer('kkt.offset', w.sides);

  const prepare = program.procedure(
    'kkt.prepareSides',
    () => {
      program.for(0, w.sides, (i) => compliance.at(i).set(iterate.t.at(i).over(iterate.zeta.at(i))));
      if (w.softSides > 0)
        forSides(w, ({ number, soft }) => {
          if (!soft) return;
          const stiffness = soft.l2.plus(iterate.v.at(soft.number).over(iterate.e.at(soft.number)));
          softness.at(soft.number).set(real(1).over(stiffness));
          compliance.at(number).add(softness.at(soft.number));
        });
    },
    false,
  );

  const reduce = program.procedure(
    'kkt.reduceSides',
    () => {
      program.for(0, w.sides, (i) => {
        const ratio = iterate.t.at(i).over(iterate.zeta.at(i));
        offset.at(i).set(rhs.complementarity.at(i).times(ratio).minus(rhs.sides.at(i)));
      });
      if (w.softSides > 0)
        forSides(w, ({ number, soft }) => {
          if (soft) offset.at(number).add(rhs.penalty.at(soft.number).times(softness.at(soft.number)).negated());
        });
    },
    false,
  );

  const expand = program.procedure(
    'kkt.expandSides',
    () =>
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
      }),
    false,
  );

  return { rhs, compliance, offset, prepare, reduce, expand };
}
