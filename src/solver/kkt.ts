/**
 * The Newton system of the primal-dual conditions, sides eliminated (see elimination.ts). In dz, the costates and the
 * multipliers of all rows, equalities (kappa = 0) and sides alike,
 *
 *   [ W + delta_w I  J'   C'     ]
 *   [ J              0    0      ]  direction = -rhs,      J the dynamics, C the rows.
 *   [ C              0    -kappa ]
 *
 * It is solved by a Riccati recursion on W + delta_w I + C' C / max(kappa, delta_c), and iterative refinement on the
 * system as it is. So the inertia is right exactly if the recursion's pivots are positive, redundant equalities and
 * strongly active sides do no harm, and no pivoting depends on data. (Dual regularisation: Friedlander & Orban 2012,
 * Mathematical Programming Computation 4.)
 */
import {
  abs,
  type Buffer,
  type Indexish,
  max,
  type Place,
  type Procedure,
  type Real,
  real,
  select,
  ZERO,
} from '../kernel';
import { defineElimination, type SideRhs } from './elimination';
import { defineRiccati } from './riccati';
import { rowTimes } from './sides';
import { next } from './stageFunctions';
import { padded } from './tiles';
import type { Rhs, SegmentPlace, Workspace } from './workspace';

export interface KktSystem {
  readonly rhs: Rhs & SideRhs;
  /** delta_w, set before `factorise`. */
  readonly regularisation: Place;
  /** Refinement ends at this accuracy, or where it gains nothing more. */
  readonly target: Place;
  /** Costates and multipliers of the equalities at the start, from the stationarity residual without them. */
  readonly estimate: Procedure;
  readonly factorise: Procedure;
  /** 1 where the factorised matrix has the right inertia. */
  readonly definite: Place;
  /** rhs to w.direction. */
  readonly solve: Procedure;
  /** Residual of the last solution, relative to right-hand side and solution. */
  readonly accuracy: Place;
}

const MAX_REFINEMENTS = 10;
/** Estimated costates beyond this size are no use as a start. */
const LARGEST_ESTIMATE = 1e3;

/** A row of C at one stage: an equality, or the sides of a row together. */
interface Link {
  readonly row: number;
  readonly compliance: Real;
  readonly offset: Real;
  /** Its multiplier in the direction, and what of its equation is still to be met. */
  readonly multiplier: Place;
  readonly remaining: Place;
}

export function defineKkt(w: Workspace): KktSystem {
  const { program, direction, N, nx, nz } = w;
  const elimination = defineElimination(w);
  const rhs = { ...w.rhs('rhs.'), ...elimination.rhs };
  const remaining = { ...w.rhs('kkt.remaining.'), sides: program.buffer('kkt.remaining.sides', w.boundedRows) };
  const lq = {
    hessian: program.buffer('kkt.hessian', N + 1, nz, padded(nz)),
    jacobian: w.dynamicsJacobian,
    gradient: program.buffer('kkt.gradient', N + 1, nz),
    offset: remaining.dynamics,
    point: program.buffer('kkt.point', N + 1, nz),
    costate: program.buffer('kkt.costate', N + 1, nx),
  };
  const riccati = defineRiccati(w, lq);
  const regularisation = w.scalar('kkt.regularisation');
  const target = w.scalar('kkt.target');
  const accuracy = w.scalar('kkt.accuracy');
  /** 1 where a row is stiffer than the factorisation takes it for, so that refinement is needed. */
  const stiff = w.scalar('kkt.stiff');

  const linksOf = (k: Indexish, place: SegmentPlace): Link[] => [
    ...place.segment.equalities.map(({ row }, i): Link => {
      const number = place.equality(k, i);
      return {
        row,
        compliance: ZERO,
        offset: rhs.equalities.at(number),
        multiplier: direction.y.at(number),
        remaining: remaining.equalities.at(number),
      };
    }),
    ...place.boundedRows.map((row, i): Link => {
      const number = place.boundedRow(k, i);
      return {
        row,
        compliance: elimination.compliance.at(number),
        offset: elimination.offset.at(number),
        multiplier: elimination.multiplier.at(number),
        remaining: remaining.sides.at(number),
      };
    }),
  ];
  const softened = ({ compliance }: Link): Real =>
    compliance.literal === 0 ? real(w.target.dualRegularisation) : max(compliance, w.target.dualRegularisation);
  /** Sums over the links of each row. */
  const byRow = (place: SegmentPlace, links: readonly Link[], term: (link: Link) => Real): Real[] => {
    const sums: Real[] = place.segment.rows.map(() => ZERO);
    for (const link of links) sums[link.row] = sums[link.row].plus(term(link));
    return sums.map((sum) => program.let(sum));
  };
  /** vector_k += C' values. */
  const addRows = (place: SegmentPlace, k: Indexish, vector: Buffer, values: readonly Real[]): void => {
    for (const { row, column, at } of place.jacobian) vector.at(k, column).add(values[row].times(at(k)));
  };

  /** C_z times a vector at stage k, by row. */
  const rowProducts = (place: SegmentPlace, k: Indexish, vector: Buffer): Real[] =>
    place.segment.rows.map((_, row) => program.let(rowTimes(place, k, row, (column) => vector.at(k, column))));

  /** Hessian_k += C' diag(weights) C, lower triangle. */
  const addProducts = (place: SegmentPlace, k: Indexish, weights: readonly Real[]): void => {
    for (const a of place.jacobian) {
      const weighted = program.let(weights[a.row].times(a.at(k)));
      for (const b of place.jacobian)
        if (b.row === a.row && b.column <= a.column) lq.hessian.at(k, a.column, b.column).add(weighted.times(b.at(k)));
    }
  };

  const condense = w.segments.map((place) =>
    program.procedure(
      `kkt.condense.${place.index}`,
      (k) => {
        const links = linksOf(k, place);
        const weights = byRow(place, links, (link) => real(1).over(softened(link)));
        for (const { compliance } of links)
          if (compliance.literal === null) stiff.set(select(compliance.lt(w.target.dualRegularisation), 1, stiff));
        program.each(0, place.variables, (i) =>
          program.each(0, next(i), (j) => lq.hessian.at(k, i, j).set(place.hessian.at(k, i, j))),
        );
        program.each(0, place.variables, (i) => lq.hessian.at(k, i, i).add(regularisation));
        addProducts(place, k, weights);
      },
      false,
    ),
  );

  const factorise = program.procedure('kkt.factorise', () => {
    elimination.prepare.call();
    stiff.set(w.equalities > 0 ? 1 : 0);
    w.forStages((k, place) => condense[place.index].call(k));
    riccati.factorise.call();
  });

  /** remaining := rhs, direction := 0. */
  const begin = program.procedure(
    'kkt.begin',
    () => {
      elimination.reduce.call();
      program.for(0, N + 1, (k) => {
        program.each(0, nz, (i) => {
          remaining.stationarity.at(k, i).set(rhs.stationarity.at(k, i));
          direction.point.at(k, i).set(0);
        });
        program.each(0, nx, (i) => {
          remaining.dynamics.at(k, i).set(rhs.dynamics.at(k, i));
          direction.costate.at(k, i).set(0);
        });
      });
      program.for(0, w.equalities, (i) => {
        remaining.equalities.at(i).set(rhs.equalities.at(i));
        direction.y.at(i).set(0);
      });
      program.for(0, w.boundedRows, (i) => {
        remaining.sides.at(i).set(elimination.offset.at(i));
        elimination.multiplier.at(i).set(0);
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
        const pull = (link: Link): Real => link.remaining.over(softened(link));
        addRows(place, k, lq.gradient, byRow(place, linksOf(k, place), pull));
      });
      riccati.solve.call();
      w.forStages((k, place) => {
        program.each(0, nz, (i) => direction.point.at(k, i).add(lq.point.at(k, i)));
        program.each(0, nx, (i) => direction.costate.at(k, i).add(lq.costate.at(k, i)));
        const rows = rowProducts(place, k, lq.point);
        for (const link of linksOf(k, place))
          link.multiplier.add(rows[link.row].plus(link.remaining).over(softened(link)));
      });
    },
    false,
  );

  const dualResidual = w.scalar('kkt.dualResidual');
  const primalResidual = w.scalar('kkt.primalResidual');
  const grow = (place: Place, value: Real): void => place.set(max(place, abs(value)));

  /** remaining := rhs + M direction at stage k. */
  const leftOver = w.segments.map((place) =>
    program.procedure(
      `kkt.leftOver.${place.index}`,
      (k) => {
        const n = place.variables;
        const dz = (i: Indexish): Real => direction.point.at(k, i);
        const out = remaining.stationarity;
        program.each(0, n, (i) => {
          const product = program.variable(rhs.stationarity.at(k, i).plus(regularisation.times(dz(i))));
          product.add(program.sum(0, next(i), (j) => place.hessian.at(k, i, j).times(dz(j))));
          product.add(program.sum(next(i), n, (j) => place.hessian.at(k, j, i).times(dz(j))));
          if (!place.segment.terminal)
            product.add(
              program.sum(0, nx, (m) => w.dynamicsJacobian.at(k, m, i).times(direction.costate.at(next(k), m))),
            );
          out.at(k, i).set(product);
        });
        program.each(0, nx, (i) => out.at(k, i).add(direction.costate.at(k, i).negated()));
        const links = linksOf(k, place);
        const pull = (link: Link): Real => link.multiplier;
        addRows(place, k, out, byRow(place, links, pull));
        program.each(0, n, (i) => grow(dualResidual, out.at(k, i)));
        const rows = rowProducts(place, k, direction.point);
        for (const link of links) {
          const { compliance } = link;
          const left = link.offset.plus(rows[link.row]).minus(compliance.times(link.multiplier));
          // A row softer than delta_c is met by elimination.
          const counted = compliance.literal === 0 ? left : select(compliance.lt(w.target.dualRegularisation), left, 0);
          link.remaining.set(counted);
          grow(primalResidual, link.remaining);
        }
        if (place.segment.terminal) return;
        program.each(0, nx, (i) => {
          const change = program.sum(0, nz, (j) => w.dynamicsJacobian.at(k, i, j).times(dz(j)));
          const left = program.let(
            rhs.dynamics
              .at(next(k), i)
              .plus(change)
              .minus(direction.point.at(next(k), i)),
          );
          remaining.dynamics.at(next(k), i).set(left);
          grow(primalResidual, left);
        });
      },
      false,
    ),
  );

  /** Largest entries of right-hand side and direction, for stationarity and for the rest. */
  const dualScale = w.scalar('kkt.dualScale');
  const primalScale = w.scalar('kkt.primalScale');
  const measure = program.procedure(
    'kkt.measure',
    () => {
      for (const scalar of [dualResidual, primalResidual, dualScale, primalScale]) scalar.set(0);
      for (const i of w.fixed) {
        remaining.dynamics.at(0, i).set(rhs.dynamics.at(0, i).minus(direction.point.at(0, i)));
      }
      w.forStages((k, place) => leftOver[place.index].call(k));
      program.for(0, N + 1, (k) => {
        program.each(0, nz, (i) => {
          grow(dualScale, rhs.stationarity.at(k, i));
          grow(primalScale, direction.point.at(k, i));
        });
        program.each(0, nx, (i) => {
          grow(primalScale, rhs.dynamics.at(k, i));
          grow(dualScale, direction.costate.at(k, i));
        });
      });
      program.for(0, w.equalities, (i) => {
        grow(primalScale, rhs.equalities.at(i));
        grow(dualScale, direction.y.at(i));
      });
      program.for(0, w.boundedRows, (i) => {
        grow(primalScale, elimination.offset.at(i));
        grow(dualScale, elimination.multiplier.at(i));
      });
      const relative = (residual: Real, scale: Real): Real => residual.over(max(scale, w.target.tiny));
      accuracy.set(max(relative(dualResidual, dualScale), relative(primalResidual, primalScale)));
    },
    false,
  );

  /**
   * Least-squares multipliers (Waechter & Biegler 2006, eq. 36): those of min 1/2 |d|^2 + g'd subject to J d = 0 and
   * C_E d = 0, with g the stationarity residual at costates and multipliers zero.
   */
  const estimate = program.procedure('kkt.estimateMultipliers', () => {
    w.forStages((k, place) => {
      const isEquality = (link: Link): boolean => link.compliance.literal === 0;
      const links = linksOf(k, place).filter(isEquality);
      const weights = byRow(place, links, (link) => real(1).over(softened(link)));
      program.each(0, nz, (i) => {
        program.each(0, next(i), (j) => lq.hessian.at(k, i, j).set(0));
        lq.hessian.at(k, i, i).set(1);
        lq.gradient.at(k, i).set(w.residual.stationarity.at(k, i));
      });
      addProducts(place, k, weights);
      program.each(0, nx, (i) => lq.offset.at(k, i).set(0));
    });
    riccati.factorise.call();
    riccati.solve.call();
    const largest = program.variable(0);
    program.for(0, N + 1, (k) => program.each(0, nx, (i) => largest.set(max(largest, abs(lq.costate.at(k, i))))));
    const share = program.let(select(largest.le(LARGEST_ESTIMATE), 1, 0));
    w.forStages((k, place) => {
      program.each(0, nx, (i) => w.iterate.costate.at(k, i).set(lq.costate.at(k, i).times(share)));
      const rows = rowProducts(place, k, lq.point);
      place.segment.equalities.forEach(({ row }, i) => {
        w.iterate.y.at(place.equality(k, i)).set(rows[row].times(share).over(w.target.dualRegularisation));
      });
    });
  });

  const solve = program.procedure('kkt.solve', () => {
    begin.call();
    correct.call();
    const left = program.variable(MAX_REFINEMENTS);
    const previous = program.variable(Number.POSITIVE_INFINITY);
    program.while(left.gt(0).and(stiff.gt(0).or(target.lt(w.target.checkedAccuracy))), () => {
      measure.call();
      const done = accuracy
        .le(target)
        .or(accuracy.gt(previous.times(0.5)))
        .or(accuracy.ne(accuracy));
      program.if(
        done,
        () => left.set(0),
        () => {
          previous.set(accuracy);
          correct.call();
          left.add(-1);
        },
      );
    });
    elimination.expand.call();
  });

  return { rhs, regularisation, target, estimate, factorise, definite: riccati.definite, solve, accuracy };
}
