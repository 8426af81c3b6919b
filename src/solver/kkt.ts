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
import { type Buffer, type Indexish, max, type Place, type Procedure, type Real, real, select, ZERO } from '../kernel';
import { defineElimination, type SideRhs } from './elimination';
import { defineRiccati, type LinearQuadratic, type Riccati } from './riccati';
import { addRows, addWeighted, rowProducts } from './rows';
import { next } from './stageFunctions';
import { blockLoops, padded } from './tiles';
import { normMax } from './vectors';
import type { Rhs, SegmentPlace, Workspace } from './workspace';

export interface KktSystem {
  readonly rhs: Rhs & SideRhs;
  /** The linear-quadratic problem whose factors the recursion holds. */
  readonly lq: LinearQuadratic;
  readonly riccati: Riccati;
  /** At the start of a solve: the units of the rows. */
  readonly noteUnits: Procedure;
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
  /** What its compliance is at least taken for, delta_c. */
  readonly least: Real;
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

  const { tiled } = w;
  const { each, sum } = blockLoops(program, tiled);
  /** i = 0..n-1, j = 0..i */
  const eachLower = (n: number, body: (i: Indexish, j: Indexish) => void): void =>
    tiled
      ? program.for(0, n, (i) => program.forEach(0, next(i), (j) => body(i, j)))
      : program.each(0, n, (i) => program.each(0, next(i), (j) => body(i, j)));

  const linksOf = (k: Indexish, place: SegmentPlace): Link[] => [
    ...place.segment.equalities.map(({ row }, i): Link => {
      const number = place.equality(k, i);
      return {
        row,
        compliance: ZERO,
        least: real(w.target.dualRegularisation),
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
        least: elimination.least.at(number),
        offset: elimination.offset.at(number),
        multiplier: elimination.multiplier.at(number),
        remaining: remaining.sides.at(number),
      };
    }),
  ];
  const softened = ({ compliance, least }: Link): Real => (compliance.literal === 0 ? least : max(compliance, least));
  /** Sums over the links of each row. */
  const byRow = (place: SegmentPlace, links: readonly Link[], term: (link: Link) => Real): Real[] => {
    const sums: Real[] = place.segment.rows.map(() => ZERO);
    for (const link of links) sums[link.row] = sums[link.row].plus(term(link));
    return sums.map((sum) => program.let(sum));
  };
  const condense = w.segments.map((place) =>
    program.procedure(
      `kkt.condense.${place.index}`,
      (k) => {
        const links = linksOf(k, place);
        const weights = byRow(place, links, (link) => real(1).over(softened(link)));
        for (const { compliance, least } of links)
          if (compliance.literal === null) stiff.set(select(compliance.lt(least), 1, stiff));
        eachLower(place.variables, (i, j) => lq.hessian.at(k, i, j).set(place.hessian.at(k, i, j)));
        each(place.variables, (i) => lq.hessian.at(k, i, i).add(regularisation));
        addWeighted(program, place, k, lq.hessian, weights);
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
      const take = (left: Buffer, right: Buffer, unknown: Buffer): void => {
        program.forEach(0, left.length, (i) => left.flat(i).set(right.flat(i)));
        program.forEach(0, unknown.length, (i) => unknown.flat(i).set(0));
      };
      take(remaining.stationarity, rhs.stationarity, direction.point);
      take(remaining.dynamics, rhs.dynamics, direction.costate);
      take(remaining.equalities, rhs.equalities, direction.y);
      take(remaining.sides, elimination.offset, elimination.multiplier);
    },
    false,
  );

  /** One Riccati solution of what remains, added to the direction. */
  const correct = program.procedure(
    'kkt.correct',
    () => {
      w.forStages((k, place) => {
        each(nz, (i) => lq.gradient.at(k, i).set(remaining.stationarity.at(k, i)));
        const pull = (link: Link): Real => link.remaining.over(softened(link));
        addRows(place, k, lq.gradient, byRow(place, linksOf(k, place), pull));
      });
      riccati.solve.call();
      program.forEach(0, lq.point.length, (i) => direction.point.flat(i).add(lq.point.flat(i)));
      program.forEach(0, lq.costate.length, (i) => direction.costate.flat(i).add(lq.costate.flat(i)));
      w.forStages((k, place) => {
        const rows = rowProducts(program, place, k, lq.point);
        for (const link of linksOf(k, place))
          link.multiplier.add(rows[link.row].plus(link.remaining).over(softened(link)));
      });
    },
    false,
  );

  /** out_k += H dz, of which the lower triangle is stored: row by row, and each row as a column too. */
  const addSymmetric = (place: SegmentPlace, k: Indexish, n: number, dz: (i: Indexish) => Real, out: Buffer): void =>
    program.for(0, n, (i) => {
      const row = program.total(0, next(i), (j) => place.hessian.at(k, i, j).times(dz(j)));
      program.forEach(0, i, (j) => out.at(k, j).add(place.hessian.at(k, i, j).times(dz(i))));
      out.at(k, i).add(row);
    });

  /** remaining := rhs + M direction at stage k. */
  const leftOver = w.segments.map((place) =>
    program.procedure(
      `kkt.leftOver.${place.index}`,
      (k) => {
        const n = place.variables;
        const dz = (i: Indexish): Real => direction.point.at(k, i);
        const out = remaining.stationarity;
        const gradient = (i: Indexish): Place => {
          const total = program.variable(rhs.stationarity.at(k, i).plus(regularisation.times(dz(i))));
          if (!place.segment.terminal)
            total.add(
              program.sum(0, nx, (m) => w.dynamicsJacobian.at(k, m, i).times(direction.costate.at(next(k), m))),
            );
          return total;
        };
        if (tiled) {
          each(n, (i) => out.at(k, i).set(gradient(i)));
          addSymmetric(place, k, n, dz, out);
        } else
          program.each(0, n, (i) => {
            const total = gradient(i);
            total.add(program.sum(0, next(i), (j) => place.hessian.at(k, i, j).times(dz(j))));
            total.add(program.sum(next(i), n, (j) => place.hessian.at(k, j, i).times(dz(j))));
            out.at(k, i).set(total);
          });
        each(nx, (i) => out.at(k, i).add(direction.costate.at(k, i).negated()));
        const links = linksOf(k, place);
        const pull = (link: Link): Real => link.multiplier;
        addRows(place, k, out, byRow(place, links, pull));
        const rows = rowProducts(program, place, k, direction.point);
        for (const link of links) {
          const { compliance, least } = link;
          const left = link.offset.plus(rows[link.row]).minus(compliance.times(link.multiplier));
          // A row softer than delta_c is met by elimination.
          const counted = compliance.literal === 0 ? left : select(compliance.lt(least), left, 0);
          link.remaining.set(counted);
        }
        if (place.segment.terminal) return;
        program.each(0, nx, (i) => {
          const change = sum(nz, (j) => w.dynamicsJacobian.at(k, i, j).times(dz(j)));
          const after = direction.point.at(next(k), i);
          remaining.dynamics.at(next(k), i).set(rhs.dynamics.at(next(k), i).plus(change).minus(after));
        });
      },
      false,
    ),
  );

  /** Largest entries of what is left over, and of right-hand side and direction; of stationarity and of the rest. */
  const dualResidual = w.scalar('kkt.dualResidual');
  const primalResidual = w.scalar('kkt.primalResidual');
  const dualScale = w.scalar('kkt.dualScale');
  const primalScale = w.scalar('kkt.primalScale');
  const measure = program.procedure(
    'kkt.measure',
    () => {
      for (const i of w.fixed) {
        remaining.dynamics.at(0, i).set(rhs.dynamics.at(0, i).minus(direction.point.at(0, i)));
      }
      w.forStages((k, place) => leftOver[place.index].call(k));
      const largest = (...buffers: readonly Buffer[]): Real =>
        buffers.reduce<Real>((least, buffer) => normMax(program, buffer, least), real(w.target.tiny));
      dualResidual.set(largest(remaining.stationarity));
      primalResidual.set(largest(remaining.dynamics, remaining.equalities, remaining.sides));
      dualScale.set(largest(rhs.stationarity, direction.costate, direction.y, elimination.multiplier));
      primalScale.set(largest(rhs.dynamics, rhs.equalities, elimination.offset, direction.point));
      accuracy.set(max(dualResidual.over(dualScale), primalResidual.over(primalScale)));
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
      eachLower(nz, (i, j) => lq.hessian.at(k, i, j).set(0));
      each(nz, (i) => {
        lq.hessian.at(k, i, i).set(1);
        lq.gradient.at(k, i).set(w.residual.stationarity.at(k, i));
      });
      addWeighted(program, place, k, lq.hessian, weights);
      each(nx, (i) => lq.offset.at(k, i).set(0));
    });
    riccati.factorise.call();
    riccati.solve.call();
    const largest = normMax(program, lq.costate);
    const share = program.let(select(largest.le(LARGEST_ESTIMATE), 1, 0));
    w.forStages((k, place) => {
      program.each(0, nx, (i) => w.iterate.costate.at(k, i).set(lq.costate.at(k, i).times(share)));
      const rows = rowProducts(program, place, k, lq.point);
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

  const { noteUnits } = elimination;
  return {
    rhs,
    lq,
    riccati,
    noteUnits,
    regularisation,
    target,
    estimate,
    factorise,
    definite: riccati.definite,
    solve,
    accuracy,
  };
}
