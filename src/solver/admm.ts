/**
 * Operator splitting on the linear-quadratic problem (OSQP: Stellato et al. 2020, Mathematical Programming Computation
 * 12, Algorithm 1), with the dynamics kept in the first of its two steps:
 *
 *   min 1/2 d'H d + g'd + penalties(w)   subject to   the dynamics,   C d = w,   w within its bounds,
 *
 * d the way from the iterate, w a copy of the rows (see admmSplits.ts), y its multipliers:
 *
 *   d~ = argmin 1/2 d'H d + g'd + sigma/2 |d - d^|^2 + rho/2 |C d - w + y/rho|^2   subject to the dynamics,
 *   d^ = alpha d~ + (1 - alpha) d^,   v = alpha C d~ + (1 - alpha) w + y/rho,   w = prox(v),   y = rho (v - w).
 *
 * The matrix of the first step stays what it is until rho changes: an iteration is one solution with the factors of a
 * Riccati recursion. rho is one number in units of the rows (see admmUnits.ts), adapted where primal and dual residual
 * are out of proportion (their section 5.2). After a round of iterations the iterate moves by d~, and what is left is
 * measured there, free of the rounding on the way. It is coarse: the interior point, started there, finishes it.
 */
import { abs, max, min, type Real, real, select, sqrt } from '../kernel';
import { defineSplits, type Split } from './admmSplits';
import { defineUnits } from './admmUnits';
import type { InteriorPoint } from './interiorPoint';
import { CONVERGED, NOT_A_NUMBER, procedures, RUNNING, STEP_TOO_SMALL } from './methodState';
import { addRows, addWeighted, rowProducts } from './rows';
import { next, rowMultipliers } from './stageFunctions';
import { addTimes, setVector } from './vectors';
import type { SegmentPlace, Workspace } from './workspace';

const ALPHA = 1.6;
const FIRST_RHO = 1;
/** Equalities are stiffer by this factor (their section 5.2). */
const EQUALITIES = 1e3;
const LEAST_RHO = 1e-6;
const LARGEST_RHO = 1e6;
/** rho is left alone where it would change by less than this factor. */
const WORTHWHILE = 2;
/** Iterations of a round, which to the host is one iteration. */
const ROUND = 10;
/** Residuals from which the interior point goes on, and rounds after which it does so in any case. */
const COARSE = 1e-3;
const MOST_ROUNDS = 100;

/** What goes on where the splitting ends; null: nothing does. */
export type Polish = Pick<InteriorPoint, 'resume' | 'step'> | null;

export function defineAdmm(
  w: Workspace,
  { kkt: { lq, riccati }, method, linearise, residuals }: InteriorPoint,
  polish: Polish,
): void {
  const { program, iterate, nz, N } = w;
  const { state, tolerance, mu } = method;
  const splits = defineSplits(w);
  const sigma = Math.sqrt(w.target.unit);
  const copy = program.buffer('admm.w', splits.count);
  const y = program.buffer('admm.y', splits.count);
  const weight = program.buffer('admm.weight', splits.count); // 1 / variance of the row
  const value = program.buffer('admm.value', splits.count); // C z at the iterate
  const relaxed = program.buffer('admm.relaxed', N + 1, nz); // d^
  const rho = w.scalar('admm.rho');
  const rounds = w.scalar('admm.rounds');
  const polishing = w.scalar('admm.polishing');
  /** Largest entries in units of the rows: of C d~ - w, and of what y is off by; of C z at d~, and of y. */
  const apart = w.scalar('admm.apart');
  const off = w.scalar('admm.off');
  const rowSize = w.scalar('admm.rowSize');
  const multiplierSize = w.scalar('admm.multiplierSize');

  const error = (): Real => max(residuals.dual.over(residuals.dualScale), residuals.primal);
  const rhoOf = ({ number, isEquality }: Split): Real =>
    program.let(rho.times(weight.at(number)).times(isEquality ? EQUALITIES : 1));
  /** Sums over the splits of each row. */
  const byRow = (place: SegmentPlace, all: readonly Split[], term: (split: Split) => Real): Real[] =>
    place.segment.rows.map((_, row) =>
      program.let(
        all.filter((split) => split.row === row).reduce<Real>((sum, split) => sum.plus(term(split)), real(0)),
      ),
    );
  const stages = (name: string, body: (k: Parameters<typeof splits.at>[0], place: SegmentPlace) => void) => {
    const made = w.segments.map((place) => program.procedure(`${name}.${place.index}`, (k) => body(k, place), false));
    return (): void => w.forStages((k, place) => made[place.index].call(k));
  };

  /** H + sigma I + C' rho C */
  const penalise = stages('admm.penalise', (k, place) => {
    program.each(0, place.variables, (i) => {
      program.each(0, next(i), (j) => lq.hessian.at(k, i, j).set(place.hessian.at(k, i, j)));
      lq.hessian.at(k, i, i).add(sigma);
    });
    addWeighted(program, place, k, lq.hessian, byRow(place, splits.at(k, place), rhoOf));
  });
  const factorise = program.procedure(
    'admm.factorise',
    () => {
      penalise();
      riccati.factorise.call();
    },
    false,
  );

  /** g - sigma d^ + C' (y - rho w) */
  const pull = stages('admm.pull', (k, place) => {
    program.each(0, place.variables, (i) =>
      lq.gradient.at(k, i).set(w.costGradient.at(k, i).minus(relaxed.at(k, i).times(sigma))),
    );
    const held = (split: Split): Real => y.at(split.number).minus(rhoOf(split).times(copy.at(split.number)));
    addRows(place, k, lq.gradient, byRow(place, splits.at(k, place), held));
  });
  const project = stages('admm.project', (k, place) => {
    const rows = rowProducts(program, place, k, lq.point);
    for (const split of splits.at(k, place)) {
      const { number, row } = split;
      const own = rhoOf(split);
      const here = rows[row];
      const before = program.let(copy.at(number));
      const v = program.let(
        here
          .times(ALPHA)
          .plus(before.times(1 - ALPHA))
          .plus(y.at(number).over(own)),
      );
      const after = split.prox(v, own);
      const multiplier = program.let(own.times(v.minus(after)));
      const stationary = y.at(number).plus(own.times(here.minus(before)));
      const unit = program.let(sqrt(weight.at(number)));
      apart.set(max(apart, abs(here.minus(after)).times(unit)));
      off.set(max(off, abs(multiplier.minus(stationary)).over(unit)));
      rowSize.set(max(rowSize, abs(value.at(number).plus(here)).times(unit)));
      multiplierSize.set(max(multiplierSize, abs(multiplier).over(unit)));
      copy.at(number).set(after);
      y.at(number).set(multiplier);
    }
  });
  const iteration = program.procedure(
    'admm.iteration',
    () => {
      for (const largest of [apart, off, rowSize, multiplierSize]) largest.set(w.target.tiny);
      pull();
      riccati.solve.call();
      project();
      setVector(program, relaxed, (i) =>
        lq.point
          .flat(i)
          .times(ALPHA)
          .plus(relaxed.flat(i).times(1 - ALPHA)),
      );
    },
    false,
  );

  /** The iterate moves by d~, and all is told from there. */
  const move = stages('admm.moveStage', (k, place) => {
    const rows = rowProducts(program, place, k, lq.point);
    for (const { number, row, store } of splits.at(k, place)) {
      store(copy.at(number), y.at(number));
      copy.at(number).add(rows[row].negated());
      value.at(number).add(rows[row]);
    }
  });
  /** What is left at the iterate; the offsets of the dynamics. */
  const measure = program.procedure(
    'admm.measure',
    () => {
      linearise.call();
      residuals.measure.call();
      residuals.complementarity.set(0);
      splits.measure.call();
      setVector(program, lq.offset, (i) => w.residual.dynamics.flat(i));
    },
    false,
  );
  const round = program.procedure(
    'admm.round',
    () => {
      program.for(0, ROUND, () => iteration.call());
      move();
      addTimes(program, iterate.point, real(1), lq.point);
      addTimes(program, relaxed, real(-1), lq.point);
      setVector(program, iterate.costate, (i) => lq.costate.flat(i));
    },
    false,
  );
  const adapt = program.procedure(
    'admm.adapt',
    () => {
      const ratio = program.let(sqrt(apart.over(rowSize).over(off.over(multiplierSize))));
      const wanted = program.let(min(max(rho.times(ratio), LEAST_RHO), LARGEST_RHO));
      program.if(wanted.gt(rho.times(WORTHWHILE)).or(wanted.lt(rho.over(WORTHWHILE))), () => {
        rho.set(wanted);
        factorise.call();
      });
    },
    false,
  );

  const units = defineUnits(w, riccati, (k, place, variance) => {
    for (const { row, number } of splits.at(k, place)) weight.at(number).set(real(1).over(variance(row)));
  });
  /** From here the interior point goes on; without one, this is how the splitting ends. */
  const end = program.procedure(
    'admm.end',
    () => {
      if (polish) {
        polishing.set(1);
        polish.resume.call();
      } else {
        const left = program.let(error());
        state.set(select(left.ne(left), NOT_A_NUMBER, select(left.le(tolerance), CONVERGED, STEP_TOO_SMALL)));
      }
    },
    false,
  );

  const start = stages('admm.start', (k, place) => {
    const multipliers = rowMultipliers(w, k, place);
    const rows = rowProducts(program, place, k, iterate.point);
    const all = splits.at(k, place);
    all.forEach((split, i) => {
      const isFirst = all.findIndex(({ row }) => row === split.row) === i;
      copy.at(split.number).set(split.prox(real(0), rhoOf(split)));
      value.at(split.number).set(rows[split.row]);
      y.at(split.number).set(isFirst ? multipliers[split.row] : 0);
    });
  });
  /** From the point and the multipliers of the iterate. */
  const begin = program.procedure(
    'admm.begin',
    () => {
      state.set(RUNNING);
      polishing.set(0);
      rounds.set(0);
      mu.set(0);
      method.trials.set(0);
      for (const vector of [iterate.t, iterate.e, relaxed]) setVector(program, vector, () => 0);
      measure.call();
      rho.set(0);
      factorise.call();
      program.if(
        riccati.definite.gt(0),
        () => {
          units.measure.call();
          rho.set(FIRST_RHO);
          start();
          factorise.call();
        },
        () => end.call(),
      );
    },
    false,
  );

  program.procedure(procedures.initialise, () => {
    for (const vector of [iterate.costate, iterate.y, iterate.zeta, iterate.v]) setVector(program, vector, () => 0);
    begin.call();
  });
  program.procedure(procedures.resume, () => begin.call());

  program.procedure(procedures.step, () => {
    const splitting = (): void => {
      round.call();
      measure.call();
      rounds.add(1);
      const left = program.let(error());
      const done = left.le(polish ? max(tolerance, COARSE) : tolerance).or(left.ne(left));
      program.if(
        polish ? done.or(rounds.ge(MOST_ROUNDS)) : done,
        () => end.call(),
        () => adapt.call(),
      );
    };
    program.if(state.eq(RUNNING), () => {
      if (polish) program.if(polishing.gt(0), () => polish.step.call(), splitting);
      else splitting();
    });
  });
}
