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
  type Condition,
  type Indexish,
  max,
  min,
  type Place,
  type Procedure,
  type Real,
  real,
  select,
  ZERO,
} from '../kernel';
import { defineElimination, type Elimination, type SideRhs } from './elimination';
import { addSymmetricTimesVector, timesVector, transposedTimesVector } from './matrixVector';
import { defineRiccati, type LinearQuadratic, type Riccati } from './riccati';
import { addRows, addWeighted, rowProducts } from './rows';
import { type ControlRow, controlRows } from './sides';
import { next } from './stageFunctions';
import { blockLoops, padded } from './tiles';
import { addTimes, normMax, setVector } from './vectors';
import type { Rhs, SegmentPlace, Workspace } from './workspace';

export interface KktSystem {
  readonly rhs: Rhs & SideRhs;
  /** The linear-quadratic problem whose factors the recursion holds. */
  readonly lq: LinearQuadratic;
  readonly riccati: Riccati;
  readonly elimination: Elimination;
  /** 1/(t zeta) as `factorise` found it, [sides]. */
  readonly inverse: Buffer;
  /** At the start of a solve: the units of the rows. */
  readonly noteUnits: Procedure;
  /** delta_w, set before `factorise`. */
  readonly regularisation: Place;
  /** Refinement ends at this accuracy, or where it gains nothing more. */
  readonly target: Place;
  /** Costates and multipliers of the equalities at the start, from the stationarity residual without them. */
  readonly estimate: Procedure;
  /** The Hessian as it is linearised; once it has changed, to be called before `factorise`. */
  readonly load: Procedure;
  readonly factorise: Procedure;
  /** 1 where the factorised matrix has the right inertia. */
  readonly definite: Place;
  /** rhs to w.direction. */
  readonly solve: Procedure;
  /** The same without refinement. */
  readonly solveRoughly: Procedure;
  /** What `reweigh` has chosen; 0: as usual. */
  readonly reweighed: Place;
  /** Whether the last solution has been poor: what is stiff beside a small Hessian is soft beside a large one. */
  poor(): Condition;
  /** For the next factorisation: stiffer where it is the constraints that were not met, softer where stationarity. */
  readonly reweigh: Procedure;
  /** Residual of the last solution, relative to right-hand side and solution. */
  readonly accuracy: Place;
}

const MAX_REFINEMENTS = 10;
/** The share of a control's pivot beyond which the stiffness of a row decides it. */
const HELD = 0.5;
/** Residuals so many times those aimed at say that delta_c does not suit the Hessian; how much it changes, at once and in all. */
const POOR = 1e4;
const REWEIGHED = 1e2;
const MOST_REWEIGHED = 1e7;
/** Estimated costates beyond this size are no use as a start. */
const LARGEST_ESTIMATE = 1e3;

export function defineKkt(w: Workspace): KktSystem {
  const { program, direction, N, nx, nz } = w;
  const elimination = defineElimination(w);
  const rhs = { ...w.rhs('rhs.'), ...elimination.rhs };
  const remaining = { ...w.rhs('kkt.remaining.'), sides: program.buffer('kkt.remaining.sides', w.boundedRows) };
  const { stiffness, share, least, change, multiplier, stiff } = elimination;
  /** What is left of the pulls of the rows with sides, and C dz of a correction. */
  const pull = program.buffer('kkt.pull', w.boundedRows);
  const correction = program.buffer('kkt.correction', w.boundedRows);
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
  const dualResidual = w.scalar('kkt.dualResidual');
  const primalResidual = w.scalar('kkt.primalResidual');
  const dualScale = w.scalar('kkt.dualScale');
  const primalScale = w.scalar('kkt.primalScale');

  const { tiled } = w;
  const { each } = blockLoops(program, tiled);
  /** i = 0..n-1, j = 0..i */
  const eachLower = (n: number, body: (i: Indexish, j: Indexish) => void): void =>
    tiled
      ? program.for(0, n, (i) => program.forEach(0, next(i), (j) => body(i, j)))
      : program.each(0, n, (i) => program.each(0, next(i), (j) => body(i, j)));

  const softness = w.target.dualRegularisation;
  /** 1/delta_c of the equalities, and what it has been changed to; 0: as usual. */
  const weight = w.scalar('kkt.weight');
  const reweighed = w.scalar('kkt.reweighed');
  /** A number for each row at stage k: what equalities and sides give, together. */
  const byRow = (
    place: SegmentPlace,
    k: Indexish,
    equality: (number: Indexish) => Real,
    sides: ((number: Indexish) => Real) | null,
  ): Real[] => {
    const sums: Real[] = place.segment.rows.map(() => ZERO);
    place.segment.equalities.forEach(({ row }, i) => {
      sums[row] = sums[row].plus(equality(place.equality(k, i)));
    });
    if (sides)
      place.boundedRows.forEach((row, i) => {
        sums[row] = sums[row].plus(sides(place.boundedRow(k, i)));
      });
    return sums.map((sum) => program.let(sum));
  };
  /** Entries of the Hessian that rows or a shift change from one factorisation to the next. */
  const changes = (place: SegmentPlace, i: Indexish, j: Indexish): boolean =>
    i === j ||
    place.jacobian.some((a) => a.column === i && place.jacobian.some((b) => b.row === a.row && b.column === j));

  const loadStage = w.segments.map((place) =>
    program.procedure(
      `kkt.load.${place.index}`,
      (k) =>
        eachLower(place.variables, (i, j) => {
          if (!changes(place, i, j)) lq.hessian.at(k, i, j).set(place.hessian.at(k, i, j));
        }),
      false,
    ),
  );
  const load = program.procedure('kkt.load', () => w.forStages((k, place) => loadStage[place.index].call(k)));

  const condense = w.segments.map((place) =>
    program.procedure(
      `kkt.condense.${place.index}`,
      (k) => {
        const { variables } = place;
        each(variables, (i) => lq.hessian.at(k, i, i).set(place.hessian.at(k, i, i).plus(regularisation)));
        for (let i = 0; i < variables; i++)
          for (let j = 0; j < i; j++) if (changes(place, i, j)) lq.hessian.at(k, i, j).set(place.hessian.at(k, i, j));
        addWeighted(
          program,
          place,
          k,
          lq.hessian,
          byRow(
            place,
            k,
            () => weight,
            (row) => stiffness.at(row).times(share.at(row)),
          ),
        );
      },
      false,
    ),
  );

  const factorise = program.procedure('kkt.factorise', () => {
    elimination.prepare.call();
    weight.set(select(reweighed.gt(0), reweighed, 1 / softness));
    w.forStages((k, place) => condense[place.index].call(k));
    riccati.factorise.call();
  });

  const reweigh = program.procedure(
    'kkt.reweigh',
    () => {
      const unmet = primalResidual.over(primalScale).gt(dualResidual.over(dualScale));
      const wanted = weight.times(select(unmet, REWEIGHED, 1 / REWEIGHED));
      reweighed.set(min(max(wanted, 1 / (softness * MOST_REWEIGHED)), MOST_REWEIGHED / softness));
    },
    false,
  );

  /** remaining := rhs, direction := 0. */
  const begin = program.procedure(
    'kkt.begin',
    () => {
      elimination.reduce.call();
      const take = (left: Buffer, right: Buffer, unknown: Buffer): void => {
        setVector(program, left, (i) => right.flat(i));
        setVector(program, unknown, () => 0);
      };
      take(remaining.stationarity, rhs.stationarity, direction.point);
      take(remaining.dynamics, rhs.dynamics, direction.costate);
      take(remaining.equalities, rhs.equalities, direction.y);
      program.forEach(0, w.boundedRows, (i) => {
        pull.at(i).set(elimination.pull.at(i).times(share.at(i)));
        multiplier.at(i).set(0);
        change.at(i).set(0);
      });
    },
    false,
  );

  /** One Riccati solution of what remains, added to the direction. */
  const correct = program.procedure(
    'kkt.correct',
    () => {
      setVector(program, lq.gradient, (i) => remaining.stationarity.flat(i));
      w.forStages((k, place) => {
        const equality = (i: Indexish): Real => remaining.equalities.at(i).times(weight);
        addRows(
          place,
          k,
          lq.gradient,
          byRow(place, k, equality, (row) => pull.at(row)),
        );
      });
      riccati.solve.call();
      addTimes(program, direction.point, real(1), lq.point);
      addTimes(program, direction.costate, real(1), lq.costate);
      w.forStages((k, place) => {
        const rows = rowProducts(program, place, k, lq.point);
        place.segment.equalities.forEach(({ row }, i) => {
          const number = place.equality(k, i);
          direction.y.at(number).add(rows[row].plus(remaining.equalities.at(number)).times(weight));
        });
        place.boundedRows.forEach((row, i) => {
          correction.at(place.boundedRow(k, i)).set(rows[row]);
        });
      });
      program.forEach(0, w.boundedRows, (i) => {
        const moved = program.let(correction.at(i));
        change.at(i).add(moved);
        multiplier.at(i).add(stiffness.at(i).times(share.at(i)).times(moved).plus(pull.at(i)));
      });
    },
    false,
  );

  /**
   * The multiplier of a row that holds its control, from the control's stationarity: S c dz + pull has lost the digits
   * that its terms have in common, and what is left of stationarity is next to nothing to a row this stiff.
   */
  const meetStationarity = (place: SegmentPlace, k: Indexish, { order, control, entry }: ControlRow): void => {
    const number = place.boundedRow(k, order);
    const left = remaining.stationarity.at(k, nx + control);
    const scaled = program.let(entry.at(k).times(riccati.L.at(k, control, control)));
    program.if(scaled.squared().times(stiffness.at(number)).gt(HELD), () => {
      multiplier.at(number).add(left.over(entry.at(k)).negated());
      left.set(0);
    });
  };

  /** remaining := rhs + M direction at stage k. */
  const leftOver = w.segments.map((place) =>
    program.procedure(
      `kkt.leftOver.${place.index}`,
      (k) => {
        const n = place.variables;
        const dz = (i: Indexish): Real => direction.point.at(k, i);
        const out = remaining.stationarity;
        const start = (i: Indexish): Real => {
          const shifted = rhs.stationarity.at(k, i).plus(regularisation.times(dz(i)));
          if (tiled) return shifted;
          const before = program.sum(0, next(i), (j) => place.hessian.at(k, i, j).times(dz(j)));
          const after = program.sum(next(i), n, (j) => place.hessian.at(k, j, i).times(dz(j)));
          return shifted.plus(before).plus(after);
        };
        if (place.segment.terminal) each(n, (i) => out.at(k, i).set(start(i)));
        else
          transposedTimesVector(program, tiled, {
            rows: nx,
            columns: n,
            start,
            matrix: (m, i) => w.dynamicsJacobian.at(k, m, i),
            vector: (m) => direction.costate.at(next(k), m),
            out: (i, value) => out.at(k, i).set(value),
          });
        if (tiled)
          addSymmetricTimesVector(
            program,
            n,
            (i, j) => place.hessian.at(k, i, j),
            dz,
            (i, value) => out.at(k, i).add(value),
          );
        each(nx, (i) => out.at(k, i).add(direction.costate.at(k, i).negated()));
        addRows(
          place,
          k,
          out,
          byRow(
            place,
            k,
            (i) => direction.y.at(i),
            (row) => multiplier.at(row),
          ),
        );
        for (const row of controlRows(w, place)) meetStationarity(place, k, row);
        const rows = rowProducts(program, place, k, direction.point);
        place.segment.equalities.forEach(({ row }, i) => {
          const number = place.equality(k, i);
          remaining.equalities.at(number).set(rhs.equalities.at(number).plus(rows[row]));
        });
        place.boundedRows.forEach((row, i) => {
          change.at(place.boundedRow(k, i)).set(rows[row]);
        });
        if (place.segment.terminal) return;
        timesVector(program, tiled, {
          rows: nx,
          columns: nz,
          start: (i) => rhs.dynamics.at(next(k), i).minus(direction.point.at(next(k), i)),
          matrix: (i, j) => w.dynamicsJacobian.at(k, i, j),
          vector: dz,
          out: (i, value) => remaining.dynamics.at(next(k), i).set(value),
        });
      },
      false,
    ),
  );

  /** Largest entries of what is left over, and of right-hand side and direction; of stationarity and of the rest. */
  const measure = program.procedure(
    'kkt.measure',
    () => {
      for (const i of w.fixed) {
        remaining.dynamics.at(0, i).set(rhs.dynamics.at(0, i).minus(direction.point.at(0, i)));
      }
      w.forStages((k, place) => leftOver[place.index].call(k));
      // A row no stiffer than it is taken for is met by elimination.
      program.forEach(0, w.boundedRows, (i) => {
        const unmet = change.at(i).plus(elimination.pull.at(i).minus(multiplier.at(i)).over(stiffness.at(i)));
        const left = program.let(select(share.at(i).lt(1), unmet, 0));
        remaining.sides.at(i).set(left);
        pull.at(i).set(left.times(stiffness.at(i)).times(share.at(i)));
      });
      const offset = program.greatest(0, 0, w.boundedRows, (i) => abs(elimination.pull.at(i).over(stiffness.at(i))));
      const largest = (...buffers: readonly Buffer[]): Real =>
        buffers.reduce<Real>((least, buffer) => normMax(program, buffer, least), real(w.target.tiny));
      dualResidual.set(largest(remaining.stationarity));
      primalResidual.set(largest(remaining.dynamics, remaining.equalities, remaining.sides));
      dualScale.set(largest(rhs.stationarity, direction.costate, direction.y, multiplier));
      const held = program.greatest(0, 0, w.boundedRows, (i) => abs(multiplier.at(i)).times(least.at(i)));
      primalScale.set(
        max(
          max(offset, held.over(w.target.sideRegularisation)),
          largest(rhs.dynamics, rhs.equalities, direction.point),
        ),
      );
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
      const weights = byRow(place, k, () => real(1 / softness), null);
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
    const usable = program.let(select(largest.le(LARGEST_ESTIMATE), 1, 0));
    w.forStages((k, place) => {
      program.each(0, nx, (i) => w.iterate.costate.at(k, i).set(lq.costate.at(k, i).times(usable)));
      const rows = rowProducts(program, place, k, lq.point);
      place.segment.equalities.forEach(({ row }, i) => {
        w.iterate.y.at(place.equality(k, i)).set(rows[row].times(usable).over(softness));
      });
    });
  });

  const solve = program.procedure('kkt.solve', () => {
    begin.call();
    correct.call();
    const left = program.variable(MAX_REFINEMENTS);
    const previous = program.variable(Number.POSITIVE_INFINITY);
    const inexact = w.equalities > 0 ? left.gt(0) : left.gt(0).and(stiff.gt(0).or(target.lt(w.target.checkedAccuracy)));
    program.while(inexact, () => {
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

  /** Rows that are taken for softer than they are, and rounding, are left to the next step of an iteration. */
  const solveRoughly = program.procedure('kkt.solveRoughly', () => {
    begin.call();
    correct.call();
    elimination.expand.call();
  });
  const { inverse, noteUnits } = elimination;
  const { definite } = riccati;
  return {
    rhs,
    lq,
    riccati,
    elimination,
    inverse,
    noteUnits,
    regularisation,
    target,
    estimate,
    load,
    factorise,
    definite,
    solve,
    solveRoughly,
    reweighed,
    poor: () => accuracy.gt(w.target.stepAccuracy * POOR),
    reweigh,
    accuracy,
  };
}
