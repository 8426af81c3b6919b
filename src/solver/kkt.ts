/**
 * The Newton system of the primal-dual conditions. Slacks t, multipliers zeta and soft violations e are eliminated side
 * by side: with g = sign (bound - c), right-hand sides r_t (of g + e - t), r_c (of t zeta, divided by t), r_e (of the
 * stationarity in e), r_v (of e v, divided by e), and sigma = 1 / (t/zeta + 1/D), D = l2 + v/e (1/D = 0 for hard sides),
 *
 *   dzeta = q + sigma sign c_z dz,   q = -sigma (r_t + r_e/D - r_c t/zeta),
 *   de = (dzeta + r_e) / D,   dt = r_t - sign c_z dz + de,   dv = r_v - (v/e) de.
 *
 * What remains, in dz, the costates and the multipliers of the equalities C dz = -r_E, is
 *
 *   [ H~  J'  C' ]       H~ = W + delta_w I + sum sigma c_z' c_z,
 *   [ J   0   0  ]       J the dynamics,
 *   [ C   0  -delta_c ]
 *
 * solved by a Riccati recursion on H~ + C'C / delta_c, and iterative refinement on the system with delta_c = 0. So the
 * inertia is right exactly if the recursion's pivots are positive, redundant equalities do no harm, and no pivoting
 * depends on data. (Dual regularisation: Friedlander & Orban 2012, Mathematical Programming Computation 4.)
 */
import { abs, type Buffer, type Indexish, max, type Place, type Procedure, type Real, real, ZERO } from '../kernel';
import { defineRiccati } from './riccati';
import { forSides, rowTimes, sidesOf } from './sides';
import { next } from './stageFunctions';
import type { Rhs, SegmentPlace, Workspace } from './workspace';

/** Right-hand sides: M direction = -rhs for the first three; the others as above. */
export interface KktRhs extends Rhs {
  readonly sides: Buffer; // r_t [sides]
  readonly complementarity: Buffer; // r_c [sides]
  readonly penalty: Buffer; // r_e [soft sides]
  readonly violation: Buffer; // r_v [soft sides]
}

export interface KktSystem {
  readonly rhs: KktRhs;
  /** delta_w, set before `factorise`. */
  readonly regularisation: Place;
  /** Largest number of Riccati solutions in one `solve`; 1: no refinement. */
  readonly passes: Place;
  readonly factorise: Procedure;
  /** 1 where the factorised matrix has the right inertia. */
  readonly definite: Place;
  /** rhs to w.direction. */
  readonly solve: Procedure;
  /** Residual of the last solution relative to its right-hand side. */
  readonly accuracy: Place;
}

const DUAL_REGULARISATION = 1e-7;
const ACCURATE = 1e-14;

export function defineKkt(w: Workspace): KktSystem {
  const { program, N, nx, nz } = w;
  const rhs: KktRhs = {
    ...w.rhs('rhs.'),
    sides: program.buffer('rhs.sides', w.sides),
    complementarity: program.buffer('rhs.complementarity', w.sides),
    penalty: program.buffer('rhs.penalty', w.softSides),
    violation: program.buffer('rhs.violation', w.softSides),
  };
  const sigma = program.buffer('kkt.sigma', w.sides);
  const compliance = program.buffer('kkt.compliance', w.softSides); // 1/D
  const q = program.buffer('kkt.q', w.sides);
  const reduced = program.buffer('kkt.reduced', N + 1, nz);
  const remaining = w.rhs('kkt.remaining.');
  const lq = {
    hessian: program.buffer('kkt.hessian', N + 1, nz, nz),
    jacobian: w.dynamicsJacobian,
    gradient: program.buffer('kkt.gradient', N + 1, nz),
    offset: remaining.dynamics,
    point: program.buffer('kkt.point', N + 1, nz),
    costate: program.buffer('kkt.costate', N + 1, nx),
  };
  const riccati = defineRiccati(w, lq);
  const regularisation = w.scalar('kkt.regularisation');
  const passes = w.scalar('kkt.passes');
  const accuracy = w.scalar('kkt.accuracy');
  const size = w.scalar('kkt.size');
  const { direction, iterate } = w;

  /** Per row: the sum of sigma over its sides, and 1/delta_c for equalities. */
  const rowWeights = (k: Indexish, place: SegmentPlace): Real[] => {
    const weights: Real[] = place.segment.rows.map(() => ZERO);
    for (const { side, number } of sidesOf(w, k, place)) weights[side.row] = weights[side.row].plus(sigma.at(number));
    for (const { row } of place.segment.equalities) weights[row] = weights[row].plus(1 / DUAL_REGULARISATION);
    return weights.map((weight) => program.let(weight));
  };

  const condense = w.segments.map((place) =>
    program.procedure(
      `kkt.condense.${place.index}`,
      (k) => {
        for (const { number, soft } of sidesOf(w, k, place)) {
          const compliant = iterate.t.at(number).over(iterate.zeta.at(number));
          if (!soft) {
            sigma.at(number).set(iterate.zeta.at(number).over(iterate.t.at(number)));
            continue;
          }
          const ratio = iterate.v.at(soft.number).over(iterate.e.at(soft.number));
          compliance.at(soft.number).set(real(1).over(soft.l2.plus(ratio)));
          sigma.at(number).set(real(1).over(compliant.plus(compliance.at(soft.number))));
        }
        const weights = rowWeights(k, place);
        const n = place.variables;
        program.each(0, n, (i) =>
          program.each(0, next(i), (j) => lq.hessian.at(k, i, j).set(place.hessian.at(k, i, j))),
        );
        program.each(0, n, (i) => lq.hessian.at(k, i, i).add(regularisation));
        for (const a of place.jacobian) {
          const weighted = program.let(weights[a.row].times(a.at(k)));
          for (const b of place.jacobian)
            if (b.row === a.row && b.column <= a.column) lq.hessian.at(k, a.column, b.column).add(weighted.times(b.at(k)));
        }
      },
      false,
    ),
  );

  const factorise = program.procedure('kkt.factorise', () => {
    w.forStages((k, place) => condense[place.index].call(k));
    riccati.factorise.call();
  });

  const sideSums = (k: Indexish, place: SegmentPlace): Real[] => {
    const sums: Real[] = place.segment.rows.map(() => ZERO);
    for (const { side, number } of sidesOf(w, k, place))
      sums[side.row] = sums[side.row].plus(q.at(number).times(side.sign));
    return sums;
  };

  /** vector_k += sum over rows of value_r c_r'. */
  const addRows = (place: SegmentPlace, k: Indexish, vector: Buffer, values: readonly Real[]): void => {
    const fixed = values.map((value) => program.let(value));
    for (const { row, column, at } of place.jacobian) vector.at(k, column).add(fixed[row].times(at(k)));
  };

  /** Right-hand side of the reduced system: sides eliminated. */
  const reduce = program.procedure(
    'kkt.reduce',
    () => {
      forSides(w, ({ number, soft }) => {
        const slack = iterate.t.at(number).over(iterate.zeta.at(number));
        const extra = soft ? rhs.penalty.at(soft.number).times(compliance.at(soft.number)) : ZERO;
        const relaxed = rhs.sides.at(number).plus(extra).minus(rhs.complementarity.at(number).times(slack));
        q.at(number).set(relaxed.negated().times(sigma.at(number)));
      });
      w.forStages((k, place) => {
        program.each(0, nz, (i) => {
          reduced.at(k, i).set(rhs.stationarity.at(k, i));
        });
        addRows(place, k, reduced, sideSums(k, place));
        program.each(0, nz, (i) => remaining.stationarity.at(k, i).set(reduced.at(k, i)));
        program.each(0, nx, (i) => remaining.dynamics.at(k, i).set(rhs.dynamics.at(k, i)));
        program.each(0, nz, (i) => direction.point.at(k, i).set(0));
        program.each(0, nx, (i) => direction.costate.at(k, i).set(0));
      });
      program.for(0, w.equalities, (i) => {
        remaining.equalities.at(i).set(rhs.equalities.at(i));
        direction.y.at(i).set(0);
      });
    },
    false,
  );

  /** One Riccati solution of what remains, added to the direction. */
  const correct = program.procedure(
    'kkt.correct',
    () => {
      w.forStages((k, place) => {
        program.each(0, nz, (i) => lq.gradient.at(k, i).set(remaining.stationarity.at(k, i)));
        const pulls: Real[] = place.segment.rows.map(() => ZERO);
        place.segment.equalities.forEach(({ row }, i) => {
          const value = remaining.equalities.at(place.equality(k, i)).times(1 / DUAL_REGULARISATION);
          pulls[row] = pulls[row].plus(value);
        });
        addRows(place, k, lq.gradient, pulls);
      });
      riccati.solve.call();
      w.forStages((k, place) => {
        program.each(0, nz, (i) => direction.point.at(k, i).add(lq.point.at(k, i)));
        program.each(0, nx, (i) => direction.costate.at(k, i).add(lq.costate.at(k, i)));
        place.segment.equalities.forEach(({ row }, i) => {
          const number = place.equality(k, i);
          const gap = rowTimes(place, k, row, (column) => lq.point.at(k, column)).plus(remaining.equalities.at(number));
          direction.y.at(number).add(gap.times(1 / DUAL_REGULARISATION));
        });
      });
    },
    false,
  );

  /** remaining := rhs + M direction at stage k, in the system with delta_c = 0. */
  const leftOver = w.segments.map((place) =>
    program.procedure(
      `kkt.leftOver.${place.index}`,
      (k) => {
        const n = place.variables;
        const dz = (i: Indexish): Real => direction.point.at(k, i);
        const out = remaining.stationarity;
        program.each(0, n, (i) => {
          const product = program.variable(reduced.at(k, i).plus(regularisation.times(dz(i))));
          product.add(program.sum(0, next(i), (j) => place.hessian.at(k, i, j).times(dz(j))));
          product.add(program.sum(next(i), n, (j) => place.hessian.at(k, j, i).times(dz(j))));
          if (!place.segment.terminal)
            product.add(
              program.sum(0, nx, (m) => w.dynamicsJacobian.at(k, m, i).times(direction.costate.at(next(k), m))),
            );
          out.at(k, i).set(product);
        });
        program.each(0, nx, (i) => out.at(k, i).add(direction.costate.at(k, i).negated()));
        const rows: Real[] = place.segment.rows.map(() => ZERO);
        for (const { side, number } of sidesOf(w, k, place)) {
          const change = rowTimes(place, k, side.row, dz);
          rows[side.row] = rows[side.row].plus(sigma.at(number).times(change));
        }
        place.segment.equalities.forEach(({ row }, i) => {
          const number = place.equality(k, i);
          rows[row] = rows[row].plus(direction.y.at(number));
          remaining.equalities.at(number).set(rhs.equalities.at(number).plus(rowTimes(place, k, row, dz)));
          size.set(max(size, abs(remaining.equalities.at(number))));
        });
        addRows(place, k, out, rows);
        program.each(0, n, (i) => size.set(max(size, abs(out.at(k, i)))));
        if (place.segment.terminal) return;
        program.each(0, nx, (i) => {
          const change = program.sum(0, nz, (j) => w.dynamicsJacobian.at(k, i, j).times(dz(j)));
          const left = program.let(rhs.dynamics.at(next(k), i).plus(change).minus(direction.point.at(next(k), i)));
          remaining.dynamics.at(next(k), i).set(left);
          size.set(max(size, abs(left)));
        });
      },
      false,
    ),
  );

  const measure = program.procedure(
    'kkt.measure',
    () => {
      size.set(0);
      for (const i of w.fixed) remaining.dynamics.at(0, i).set(rhs.dynamics.at(0, i).minus(direction.point.at(0, i)));
      w.forStages((k, place) => leftOver[place.index].call(k));
    },
    false,
  );

  /** Slacks, multipliers and violations from dz. */
  const expand = program.procedure(
    'kkt.expand',
    () => {
      forSides(w, ({ k, place, side, number, soft }) => {
        const change = program.let(rowTimes(place, k, side.row, (column) => direction.point.at(k, column)).times(side.sign));
        const dzeta = program.let(q.at(number).plus(sigma.at(number).times(change)));
        direction.zeta.at(number).set(dzeta);
        if (!soft) {
          direction.t.at(number).set(rhs.sides.at(number).minus(change));
          return;
        }
        const de = program.let(dzeta.plus(rhs.penalty.at(soft.number)).times(compliance.at(soft.number)));
        direction.e.at(soft.number).set(de);
        direction.t.at(number).set(rhs.sides.at(number).minus(change).plus(de));
        direction.v.at(soft.number).set(
          rhs.violation.at(soft.number).minus(iterate.v.at(soft.number).over(iterate.e.at(soft.number)).times(de)),
        );
      });
    },
    false,
  );

  const solve = program.procedure('kkt.solve', () => {
    reduce.call();
    const whole = program.variable(0);
    w.forStages((k) => {
      program.each(0, nz, (i) => whole.set(max(whole, abs(reduced.at(k, i)))));
      program.each(0, nx, (i) => whole.set(max(whole, abs(rhs.dynamics.at(k, i)))));
    });
    program.for(0, w.equalities, (i) => whole.set(max(whole, abs(rhs.equalities.at(i)))));
    const previous = program.variable(whole);
    const pass = program.variable(0);
    const refining = program.variable(1);
    accuracy.set(0);
    program.while(refining.gt(0), () => {
      correct.call();
      pass.add(1);
      program.if(
        passes.gt(1),
        () => {
          measure.call();
          accuracy.set(size.over(max(whole, 1e-300)));
          const enough = size.le(whole.times(ACCURATE)).or(pass.ge(passes)).or(size.gt(previous.times(0.5)));
          program.if(enough, () => refining.set(0));
          previous.set(size);
        },
        () => refining.set(0),
      );
    });
    expand.call();
  });

  return { rhs, regularisation, passes, factorise, definite: riccati.definite, solve, accuracy };
}
