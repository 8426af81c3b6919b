/**
 * The primal-dual interior point method of Waechter & Biegler 2006 (Algorithm A) on
 *
 *   min phi_mu(z, t, e)  subject to  x_0 = x0,  x_{k+1} = F_k(z_k),  c_E = b,  g + e - t = 0,
 *
 * for mu falling to the barrier value asked for. One call of `step` is one iteration; the host only counts them. All of
 * it is kernel code, so a batch or a GPU runs the same algorithm.
 */
import { abs, apply, max, min, type Place, type Procedure, type Real, real, select } from '../kernel';
import { defineBarrier } from './barrier';
import { defineFilter } from './filter';
import { defineKkt, type KktSystem } from './kkt';
import { defineLineSearch } from './lineSearch';
import { defineResiduals, type Residuals } from './residuals';
import { forSides } from './sides';
import { defineEvaluate, defineLinearise, defineSimulate } from './stageFunctions';
import { defineStart } from './start';
import type { Workspace } from './workspace';

const KAPPA_EPSILON = 10;
const KAPPA_MU = 0.2;
const THETA_MU = 1.5;
const TAU_MIN = 0.99;
const KAPPA_SIGMA = 1e10;
/** Relative residual to which a step's linear system is solved. */
const STEP_ACCURACY = 1e-10;
/** Largest entry of the cost gradient up to which the initial barrier value is taken as it is (their section 3.8). */
const STEEP = 100;
/** Barrier value of a warm start, in units of the error that the change of the inputs has made. */
const WARM = 1e-5;
/** Complementarity at the end, in units of the final barrier value. */
const CENTRED = 0.1;

/** Iterates this many times larger than the start are on their way to infinity. */
const DIVERGED = 1e12;

/** Inertia correction (IC): first shift, smallest shift, and factors of growth and decay. */
const DELTA_0 = 1e-4;
const DELTA_MIN = 1e-20;
const DELTA_MAX = 1e40;
const KAPPA_PLUS_FIRST = 100;
const KAPPA_PLUS = 8;
const KAPPA_MINUS = 1 / 3;

/** Values of `state`. */
export const RUNNING = 0;
export const CONVERGED = 1;
export const STEP_TOO_SMALL = 2;
export const NOT_A_NUMBER = 3;
export const DIVERGING = 4;

export interface InteriorPoint {
  readonly kkt: KktSystem;
  readonly residuals: Residuals;
  /** Cold: from the guess. */
  readonly initialise: Procedure;
  /** Warm: from the iterate as the last solve left it, for inputs that have changed. */
  readonly resume: Procedure;
  readonly guess: Procedure;
  readonly step: Procedure;
}

/** Scalars the host sets before a solve or reads after a step, by name. */
export const scalars = {
  tolerance: 'settings.tolerance',
  finalBarrier: 'settings.finalBarrier',
  initialBarrier: 'settings.initialBarrier',
  state: 'ip.state',
  mu: 'ip.mu',
  objective: 'ip.objective',
  dual: 'residuals.dual',
  primal: 'residuals.primal',
  complementarity: 'residuals.complementarity',
  primalStep: 'lineSearch.step',
  dualStep: 'barrier.dualStep',
  regularisation: 'kkt.regularisation',
  trials: 'lineSearch.trials',
} as const;

export function defineInteriorPoint(w: Workspace): InteriorPoint {
  const { program, iterate, direction, trial } = w;
  const tolerance = w.scalar(scalars.tolerance);
  const finalBarrier = w.scalar(scalars.finalBarrier);
  const initialBarrier = w.scalar(scalars.initialBarrier);
  const state = w.scalar(scalars.state);
  const mu = w.scalar(scalars.mu);
  const objective = w.scalar(scalars.objective);
  const trialObjective = w.scalar('ip.trialObjective');
  const phi = w.scalar('ip.phi');
  const thetaMin = w.scalar('ip.thetaMin');
  const thetaMax = w.scalar('ip.thetaMax');
  const lastShift = w.scalar('ip.lastShift');
  const startSize = w.scalar('ip.startSize');

  const linearise = defineLinearise(w, objective);
  const evaluate = defineEvaluate(w, trialObjective);
  const residuals = defineResiduals(w);
  const theta = residuals.violation;
  const barrier = defineBarrier(w, mu);
  const filter = defineFilter(w);
  const kkt = defineKkt(w);
  const lineSearchState = { mu, theta, phi, thetaMin, thetaMax, trialObjective };
  const lineSearch = defineLineSearch(w, lineSearchState, evaluate, barrier, filter, kkt);
  const start = defineStart(w, mu);
  defineSimulate(w);

  /** E_mu without the complementarity part. */
  const infeasibility = (): Real => max(residuals.dual.over(residuals.dualScale), residuals.primal);
  const complementarityFor = (value: Real): Real => {
    residuals.barrier.set(value);
    residuals.measureComplementarity.call();
    return residuals.complementarity;
  };

  const assess = program.procedure(
    'ip.assess',
    () => {
      linearise.call();
      residuals.measure.call();
      const centred = max(finalBarrier.times(CENTRED), 1e-15);
      const converged = infeasibility()
        .le(tolerance)
        .and(mu.le(finalBarrier))
        .and(complementarityFor(finalBarrier).le(min(tolerance.times(residuals.complementarityScale), centred)));
      program.if(converged, () => state.set(CONVERGED));
      const largest = program.variable(0);
      program.for(0, w.N + 1, (k) =>
        program.each(0, w.nz, (i) => largest.set(max(largest, abs(iterate.point.at(k, i))))),
      );
      program.if(largest.gt(max(startSize, 1).times(DIVERGED)), () => state.set(DIVERGING));
      const size = program.let(objective.plus(residuals.dual).plus(residuals.violation));
      program.if(size.ne(size), () => state.set(NOT_A_NUMBER));
    },
    false,
  );

  const measurePhi = program.procedure(
    'ip.measurePhi',
    () => phi.set(objective.minus(barrier.logarithms(iterate.t, iterate.e, mu))),
    false,
  );

  /** a smaller barrier value, and an empty filter, each time the present barrier problem is solved. */
  const updateBarrier = program.procedure(
    'ip.updateBarrier',
    () => {
      const going = program.variable(1);
      program.while(going.gt(0), () => {
        const error = max(infeasibility(), complementarityFor(mu).over(residuals.complementarityScale));
        const solved = error.le(mu.times(KAPPA_EPSILON)).and(mu.gt(finalBarrier));
        program.if(
          solved,
          () => {
            mu.set(max(finalBarrier, min(mu.times(KAPPA_MU), apply('pow', mu, THETA_MU)))); // (7)
            filter.clear.call();
          },
          () => going.set(0),
        );
      });
    },
    false,
  );

  const rightHandSide = program.procedure(
    'ip.rightHandSide',
    () => {
      program.for(0, w.N + 1, (k) => {
        program.each(0, w.nz, (i) => kkt.rhs.stationarity.at(k, i).set(w.residual.stationarity.at(k, i)));
        program.each(0, w.nx, (i) => kkt.rhs.dynamics.at(k, i).set(w.residual.dynamics.at(k, i)));
      });
      program.for(0, w.equalities, (i) => kkt.rhs.equalities.at(i).set(w.residual.equalities.at(i)));
      program.for(0, w.sides, (i) => {
        kkt.rhs.sides.at(i).set(w.sideResidual.at(i));
        kkt.rhs.complementarity.at(i).set(mu.over(iterate.t.at(i)).minus(iterate.zeta.at(i)));
      });
      if (w.softSides > 0)
        forSides(w, ({ number, soft }) => {
          if (!soft) return;
          const e = program.let(iterate.e.at(soft.number));
          const pull = program.let(mu.over(e));
          const penalty = soft.l1.plus(soft.l2.times(e));
          kkt.rhs.penalty.at(soft.number).set(iterate.zeta.at(number).plus(pull).minus(penalty));
          kkt.rhs.violation.at(soft.number).set(pull.minus(iterate.v.at(soft.number)));
        });
    },
    false,
  );

  /** Algorithm IC: shift the Hessian until the reduced Hessian is positive definite. */
  const factorise = program.procedure(
    'ip.factorise',
    () => {
      const shift = program.variable(0);
      const trying = program.variable(1);
      program.while(trying.gt(0), () => {
        kkt.regularisation.set(shift);
        kkt.factorise.call();
        program.if(
          kkt.definite.gt(0),
          () => trying.set(0),
          () => {
            const first = shift.le(0);
            const growth = select(lastShift.le(0), KAPPA_PLUS_FIRST, KAPPA_PLUS);
            const fresh = select(lastShift.le(0), DELTA_0, max(DELTA_MIN, lastShift.times(KAPPA_MINUS)));
            shift.set(select(first, fresh, shift.times(growth)));
            program.if(shift.gt(DELTA_MAX), () => {
              trying.set(0);
              state.set(STEP_TOO_SMALL);
            });
          },
        );
      });
      program.if(shift.gt(0), () => lastShift.set(shift));
    },
    false,
  );

  /** the trial point is the new iterate; multipliers step, and stay within reach of mu / slack (16). */
  const accept = program.procedure(
    'ip.accept',
    () => {
      const alpha = lineSearch.step;
      const dual = barrier.dualStep;
      program.for(0, w.N + 1, (k) => {
        program.each(0, w.nz, (i) => iterate.point.at(k, i).set(trial.point.at(k, i)));
        program.each(0, w.nx, (i) => iterate.costate.at(k, i).add(alpha.times(direction.costate.at(k, i))));
      });
      program.for(0, w.equalities, (i) => iterate.y.at(i).add(alpha.times(direction.y.at(i))));
      const stepMultiplier = (multiplier: Place, change: Real, slack: Real): void => {
        const centre = program.let(mu.over(slack));
        const moved = multiplier.plus(dual.times(change));
        multiplier.set(max(min(moved, centre.times(KAPPA_SIGMA)), centre.over(KAPPA_SIGMA)));
      };
      program.for(0, w.sides, (i) => {
        iterate.t.at(i).set(trial.t.at(i));
        stepMultiplier(iterate.zeta.at(i), direction.zeta.at(i), iterate.t.at(i));
      });
      program.for(0, w.softSides, (i) => {
        iterate.e.at(i).set(trial.e.at(i));
        stepMultiplier(iterate.v.at(i), direction.v.at(i), iterate.e.at(i));
      });
    },
    false,
  );

  const begin = (): void => {
    state.set(RUNNING);
    startSize.set(0);
    program.for(0, w.N + 1, (k) =>
      program.each(0, w.nz, (i) => startSize.set(max(startSize, abs(iterate.point.at(k, i))))),
    );
    lastShift.set(0);
    kkt.target.set(STEP_ACCURACY);
    assess.call();
    thetaMin.set(max(1, theta).times(1e-4));
    thetaMax.set(max(1, theta).times(1e4));
    filter.clear.call();
  };

  const initialise = program.procedure('ip.initialise', () => {
    start.interior.call();
    start.slacks.call();
    linearise.call();
    residuals.measure.call();
    // A cost with a steep gradient needs a barrier in proportion, or the iterates cling to the bounds.
    const steepness = program.variable(0);
    program.for(0, w.N + 1, (k) =>
      program.each(0, w.nz, (i) => steepness.set(max(steepness, abs(w.costGradient.at(k, i))))),
    );
    const scale = program.let(max(1, steepness.over(STEEP)));
    mu.set(w.sides > 0 ? max(initialBarrier.times(scale), finalBarrier) : finalBarrier);
    program.for(0, w.sides, (i) => iterate.zeta.at(i).set(scale));
    program.for(0, w.softSides, (i) => iterate.v.at(i).set(scale));
    residuals.measure.call();
    kkt.estimate.call();
    begin();
  });

  const resume = program.procedure('ip.resume', () => {
    linearise.call();
    residuals.measure.call();
    const fresh = w.sides > 0 ? min(initialBarrier, infeasibility().times(WARM)) : finalBarrier;
    mu.set(max(fresh, finalBarrier));
    start.rebase.call();
    begin();
  });

  const step = program.procedure('ip.step', () => {
    program.if(state.eq(RUNNING), () => {
      updateBarrier.call();
      measurePhi.call();
      rightHandSide.call();
      factorise.call();
      barrier.fraction.set(max(TAU_MIN, real(1).minus(mu)));
      kkt.solve.call();
      lineSearch.run.call();
      program.if(
        lineSearch.accepted.gt(0),
        () => {
          accept.call();
          assess.call();
        },
        () => state.set(STEP_TOO_SMALL),
      );
    });
  });

  return { kkt, residuals, initialise, resume, guess: start.guess, step };
}
