/**
 * Sequential quadratic programming (Nocedal & Wright 2006, chapter 18): the linear-quadratic model at the iterate is
 * solved, and its solution is the step; with the exact or the Gauss-Newton Hessian. Globalised by backtracking on the
 * l1 merit function
 *
 *   psi = objective + nu |constraint violation|_1,   nu above the largest multiplier (their eq. 18.36),
 *
 * or not at all: full steps, as real-time iterations take them (Diehl, Bock & Schloeder 2005). A full step d that is
 * turned down for its violation is tried once more with a second-order correction against the Maratos effect: the same
 * subproblem with the constraints' curvature c(z + d) - A d instead of c(z) (their section 15.6). A Gauss-Newton Hessian
 * misses the curvature of the constraints; where steps get short for that, a Levenberg-Marquardt term is added to it,
 * larger after every short step, smaller after every full one. With any Hessian it is the way out where no step length
 * will do: the larger it is, the more the direction is one of descent.
 */
import { abs, max, min, type Place, type Real, real, select } from '../kernel';
import type { HessianKind } from '../problem';
import { hasFixedDerivatives } from './affineStage';
import { defineAssessment } from './assessment';
import { defineBarrier } from './barrier';
import { defineInertia } from './inertia';
import { defineKkt } from './kkt';
import { defineMethodState, NOT_A_NUMBER, procedures, RUNNING, STEP_TOO_SMALL } from './methodState';
import { defineNewtonRhs } from './newton';
import { defineQuadratic } from './quadratic';
import { defineRegularisation, type Regularisation } from './regularisation';
import { defineResiduals } from './residuals';
import { defineEvaluate, defineLinearise, defineSimulate } from './stageFunctions';
import { defineStart } from './start';
import { defineSteadyStep } from './steadyStep';
import { defineTrial } from './trial';
import { copy, forEntries, norm1 } from './vectors';
import type { Workspace } from './workspace';

export interface SqpOptions {
  readonly hessian: HessianKind;
  readonly globalization: 'merit' | 'full';
  readonly regularize: Regularisation;
}

const ETA = 1e-4;
const SMALLEST_STEP = 1e-10;
/** nu exceeds the largest multiplier by this factor. */
const PENALTY_MARGIN = 1.5;
/** Rounding in psi that must not reject a step. */
const NOISE = 10 * 2 ** -52;
const STEP_ACCURACY = 1e-12;
/** Products of slacks and multipliers at the start of a subproblem, in units of the error at the iterate. */
const WARM = 1e-3;
const LARGEST_PRODUCT = 1;
/** The Levenberg-Marquardt term: where it begins and ends, by what it changes, and after steps of which length. */
const FIRST_DAMPING = 1e-8;
const LEAST_DAMPING = 1e-10;
const MOST_DAMPING = 1e4;
const DAMPING_FALL = 0.7;
const DAMPING_END = 0.1;
const DAMPING_RISE = 3;
const DAMPING_GROWTH = 10;
const SHORT_STEP = 0.3;
const RESCUING_DAMPING = 1e-4;

export function defineSqp(w: Workspace, { hessian, globalization, regularize }: SqpOptions): void {
  const { program, iterate, direction } = w;
  const method = defineMethodState(w);
  const { state, mu, objective, trialObjective, step: alpha, finalBarrier } = method;
  const nu = w.scalar('sqp.penalty');
  const saved = w.vector('saved.');
  const uncorrected = w.vector('uncorrected.');

  // Convexification changes the Hessians, which the products are made with.
  const linearise = defineLinearise(w, objective, regularize === 'none' && hasFixedDerivatives(w.stages));
  const convexify = defineRegularisation(w, regularize);
  const evaluate = defineEvaluate(w, trialObjective);
  const residuals = defineResiduals(w);
  const theta = residuals.violation;
  const barrier = defineBarrier(w, mu);
  const kkt = defineKkt(w);
  const damping = w.scalar('sqp.damping');
  const inertia = defineInertia(w, kkt, method, damping);
  const quadratic = defineQuadratic(w, method, kkt, inertia);
  const steady = defineSteadyStep(w, method, defineNewtonRhs(w, kkt, mu), { kkt, inertia, barrier });
  const trial = defineTrial(w, method, evaluate);
  const start = defineStart(w, mu);
  defineSimulate(w);
  const { assess, infeasibility, noteStart } = defineAssessment(w, method, linearise, residuals);

  /** The solution of the subproblem as w.direction; the iterate stays where it is. */
  const solveSubproblem = program.procedure(
    'sqp.solveSubproblem',
    () => {
      copy(w, iterate, saved);
      quadratic.solve.call();
      forEntries(w, (at) => {
        at(direction).set(at(iterate).minus(at(saved)));
        at(iterate).set(at(saved));
      });
      mu.set(finalBarrier);
    },
    false,
  );

  const findDirection = program.procedure(
    'sqp.findDirection',
    () => {
      convexify.call();
      mu.set(max(finalBarrier, min(LARGEST_PRODUCT, infeasibility().times(WARM))));
      start.rebase.call();
      residuals.measure.call();
      solveSubproblem.call();
    },
    false,
  );

  /** From the trial point of a full step: what its constraints are off by is their curvature, as the linear part is met. */
  const correctDirection = program.procedure(
    'sqp.correctDirection',
    () => {
      copy(w, direction, uncorrected);
      const { dynamics, equalities, sides } = w.trialResidual;
      program.for(0, w.N + 1, (k) => program.each(0, w.nx, (i) => w.residual.dynamics.at(k, i).add(dynamics.at(k, i))));
      program.for(0, w.equalities, (i) => w.residual.equalities.at(i).add(equalities.at(i)));
      program.for(0, w.sides, (i) => w.sideResidual.at(i).add(sides.at(i)));
      solveSubproblem.call();
    },
    false,
  );

  const updatePenalty = (): void => {
    const largest = program.variable(0);
    const note = (value: Place, change: Place): void => largest.set(max(largest, abs(value.plus(change))));
    program.for(0, w.N + 1, (k) =>
      program.each(0, w.nx, (i) => note(iterate.costate.at(k, i), direction.costate.at(k, i))),
    );
    program.for(0, w.equalities, (i) => note(iterate.y.at(i), direction.y.at(i)));
    program.for(0, w.sides, (i) => note(iterate.zeta.at(i), direction.zeta.at(i)));
    // Large multipliers on the way are forgotten again (Powell 1978), or they would keep the steps short.
    const wanted = program.let(largest.times(PENALTY_MARGIN));
    nu.set(max(wanted, nu.plus(wanted).times(0.5)));
  };

  /** No step: once more from here with a larger Levenberg-Marquardt term, as long as that is not beyond all measure. */
  const giveUp = (): void => {
    alpha.set(0);
    program.if(
      damping.lt(MOST_DAMPING),
      () => damping.set(max(damping.times(DAMPING_GROWTH), RESCUING_DAMPING)),
      () => state.set(STEP_TOO_SMALL),
    );
  };

  const backtrack = program.procedure(
    'sqp.backtrack',
    () => {
      updatePenalty();
      // The slope of the objective is that of the barrier function without a barrier.
      mu.set(0);
      barrier.measureSlope.call();
      mu.set(finalBarrier);
      const merit = program.let(objective.plus(nu.times(theta)));
      const slope = program.let(min(0, barrier.slope.minus(nu.times(theta))));
      const noise = program.let(abs(merit).times(NOISE));
      const accepted = program.variable(0);
      const test = (): void => {
        trial.run.call();
        const there = program.let(trialObjective.plus(nu.times(trial.violation)));
        const allowed: Real = merit.plus(noise).plus(alpha.times(slope).times(ETA));
        // As in the filter line search: only multipliers move, and nothing speaks against it.
        const settled = max(theta, trial.violation)
          .le(w.target.settledViolation)
          .and(abs(there.minus(merit)).le(abs(merit).plus(1).times(w.target.settledBarrier)));
        accepted.set(select(there.le(allowed).or(settled), 1, 0));
      };
      test();
      program.if(accepted.le(0).and(trial.violation.ge(theta)), () => {
        correctDirection.call();
        test();
        program.if(accepted.le(0), () => copy(w, uncorrected, direction));
      });
      program.while(accepted.le(0).and(alpha.gt(0)), () => {
        alpha.set(alpha.times(0.5));
        program.if(alpha.lt(SMALLEST_STEP), giveUp, test);
      });
    },
    false,
  );

  /**
   * Of the Levenberg-Marquardt term: smaller after a full step at the first trial, with the Gauss-Newton Hessian larger
   * after any other.
   */
  const updateDamping = (): void => {
    const exact = hessian === 'exact';
    const smaller = damping.times(exact ? DAMPING_END : DAMPING_FALL);
    const growth = select(alpha.lt(SHORT_STEP), DAMPING_GROWTH, DAMPING_RISE);
    const larger = exact ? damping : max(damping.times(growth), FIRST_DAMPING);
    const next = program.let(select(method.trials.le(1), smaller, larger));
    damping.set(select(next.lt(LEAST_DAMPING), 0, min(next, MOST_DAMPING)));
  };

  const begin = (): void => {
    state.set(RUNNING);
    noteStart();
    inertia.lastShift.set(0);
    nu.set(0);
    damping.set(0);
    kkt.target.set(STEP_ACCURACY);
    mu.set(finalBarrier);
    assess.call();
  };

  program.procedure(procedures.initialise, () => {
    start.interior.call();
    start.slacks.call();
    begin();
  });

  program.procedure(procedures.resume, begin);

  const takeStep = (): void => forEntries(w, (at) => at(iterate).add(alpha.times(at(direction))));

  /** The two phases of a real-time iteration: all that can be done before the state is measured, and the rest. */
  program.procedure(procedures.prepare, () => {
    damping.set(0);
    linearise.call();
    convexify.call();
    residuals.measure.call();
    steady.prepare.call();
  });
  program.procedure(procedures.feedback, () => {
    for (const i of w.fixed) w.residual.dynamics.at(0, i).set(w.initial.at(i).minus(iterate.point.at(0, i)));
    steady.attempt.call();
    program.if(steady.solved.le(0), () => findDirection.call());
    alpha.set(1);
    takeStep();
  });

  program.procedure(procedures.step, () => {
    program.if(state.eq(RUNNING), () => {
      findDirection.call();
      const { point, costate, y, t, zeta, e, v } = direction;
      const sizes = [point, costate, y, t, zeta, e, v].map((vector) => norm1(program, vector));
      const size = program.let(sizes.reduce((a, b) => a.plus(b)));
      program.if(size.ne(size), () => state.set(NOT_A_NUMBER));
      method.trials.set(0);
      alpha.set(1);
      barrier.dualStep.set(real(1));
      if (globalization === 'merit')
        program.if(state.eq(RUNNING), () => {
          backtrack.call();
          program.if(alpha.gt(0), updateDamping);
        });
      program.if(state.eq(RUNNING), () => {
        takeStep();
        assess.call();
      });
    });
  });
}
