/**
 * The primal-dual interior point method of Waechter & Biegler 2006 (Algorithm A) on
 *
 *   min phi_mu(z, t, e)  subject to  x_0 = x0,  x_{k+1} = F_k(z_k),  c_E = b,  g + e - t = 0,
 *
 * for mu falling to the barrier value asked for. One call of `step` is one iteration; the host only counts them. All of
 * it is kernel code, so a batch or a GPU runs the same algorithm. Linear-quadratic problems begin with the steps of
 * linearQuadratic.ts, and need these only where they are not convex.
 */
import { symbolsOf } from '../expression';
import { type Buffer, max, min, type Procedure, type Real, real, select } from '../kernel';
import { hasFixedDerivatives } from './affineStage';
import { defineAssessment } from './assessment';
import { defineBarrier } from './barrier';
import { NARROW } from './elimination';
import { defineFilter } from './filter';
import { defineInertia } from './inertia';
import { defineKkt, type KktSystem } from './kkt';
import { defineLinearQuadratic, isLinearQuadratic } from './linearQuadratic';
import { defineLineSearch } from './lineSearch';
import { defineMethodState, type MethodState, procedures, RUNNING, STEP_TOO_SMALL } from './methodState';
import { defineNewtonRhs } from './newton';
import { definePredictorCorrector } from './predictorCorrector';
import { aimProducts } from './products';
import { defineResiduals, type Residuals } from './residuals';
import { alike, defineRoughSolutions, type Solutions } from './solutions';
import { defineEvaluate, defineLinearise, defineSimulate } from './stageFunctions';
import { defineStart } from './start';
import { defineTrial } from './trial';
import { addTimes, normMax, setVector } from './vectors';
import type { Workspace } from './workspace';

const KAPPA_EPSILON = 10;
const KAPPA_MU = 0.2;
const THETA_MU = 1.5;
const TAU_MIN = 0.99;
/** Barrier values within this factor of the final one are not worth iterations of their own. */
const NEAR = 10;
const KAPPA_SIGMA = 1e10;
/** Largest entry of the cost gradient up to which the initial barrier value is taken as it is (their section 3.8). */
const STEEP = 30;
/** Barrier value of a warm start, in units of the error that the change of the inputs has made. */
const WARM = 1e-4;
/** The same for predictor-corrector steps, which an active set that changes costs more. */
const WARM_PREDICTED = 1e-3;
/** So many times the filter is emptied where it leaves no step (filter resets of IPOPT). */
const MOST_FORGOTTEN = 5;
const MOST_SOLVES = 3;

/** What another method that ends with this one goes on from. */
export interface InteriorPoint {
  readonly kkt: KktSystem;
  readonly method: MethodState;
  readonly linearise: Procedure;
  readonly residuals: Residuals;
  readonly resume: Procedure;
  readonly step: Procedure;
}

/** `names`: of the procedures that begin a solve and go on with it. */
export function defineInteriorPoint(
  w: Workspace,
  names: Readonly<Record<'initialise' | 'resume' | 'step', string>> = procedures,
): InteriorPoint {
  const { program, iterate, direction, trial } = w;
  const method = defineMethodState(w);
  const { finalBarrier, initialBarrier, state, mu, objective, trialObjective } = method;
  const phi = w.scalar('ip.phi');
  const thetaMin = w.scalar('ip.thetaMin');
  const thetaMax = w.scalar('ip.thetaMax');
  const forgotten = w.scalar('ip.forgotten');

  const linearise = defineLinearise(w, objective, w.target.predictorCorrector && hasFixedDerivatives(w.stages));
  const evaluate = defineEvaluate(w, trialObjective);
  const residuals = defineResiduals(w);
  const theta = residuals.violation;
  const barrier = defineBarrier(w, mu);
  const filter = defineFilter(w);
  const kkt = defineKkt(w);
  const inertia = defineInertia(w, kkt, method);
  const lineSearch = defineLineSearch(
    w,
    { ...method, theta, phi, thetaMin, thetaMax },
    defineTrial(w, method, evaluate),
    barrier,
    filter,
    kkt,
  );
  const start = defineStart(w, mu);
  defineSimulate(w);
  const assessment = defineAssessment(w, method, linearise, residuals);
  const { assess, judge, infeasibility, complementarityFor, noteStart } = assessment;
  const rightHandSide = defineNewtonRhs(w, kkt, mu);

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
            const smaller = program.let(min(mu.times(KAPPA_MU), program.apply('pow', mu, THETA_MU))); // (7)
            mu.set(select(smaller.lt(finalBarrier.times(NEAR)), finalBarrier, smaller));
            filter.clear.call();
          },
          () => going.set(0),
        );
      });
    },
    false,
  );

  /** Once more, and a few times at most, where the regularisation of the equalities has spoilt the step. */
  const solveBetter = (): void => {
    const left = program.variable(MOST_SOLVES);
    program.while(left.gt(0).and(kkt.poor()), () => {
      kkt.reweigh.call();
      inertia.factorise.call();
      kkt.solve.call();
      left.add(-1);
    });
  };

  /**
   * Where all is met but the products of slacks and multipliers, what a step leaves of them is the product of its own
   * parts: a second solution with the same factors takes these into account. At a kink, where slack and multiplier go to
   * zero together, it makes slow convergence half as slow.
   */
  const correctProducts = program.procedure(
    'ip.correctProducts',
    () =>
      program.if(infeasibility().le(mu), () => {
        barrier.limitStep.call();
        program.if(min(barrier.primalStep, barrier.dualStep).ge(1), () => {
          aimProducts(w, kkt, mu, true);
          kkt.solve.call();
        });
      }),
    false,
  );

  /** the trial point is the new iterate; multipliers step, and stay within reach of mu / slack (16). */
  const accept = program.procedure(
    'ip.accept',
    () => {
      const alpha = program.let(lineSearch.step);
      const dual = program.let(barrier.dualStep);
      const value = program.let(mu);
      setVector(program, iterate.point, (i) => trial.point.flat(i));
      addTimes(program, iterate.costate, alpha, direction.costate);
      addTimes(program, iterate.y, alpha, direction.y);
      const stepProduct = (slack: Buffer, to: Buffer, multiplier: Buffer, change: Buffer): void => {
        setVector(program, slack, (i) => to.at(i));
        setVector(program, multiplier, (i) => {
          const centre = program.let(value.over(slack.at(i)));
          const moved = program.let(multiplier.at(i).plus(dual.times(change.at(i))));
          return max(min(moved, centre.times(KAPPA_SIGMA)), centre.over(KAPPA_SIGMA));
        });
      };
      stepProduct(iterate.t, trial.t, iterate.zeta, direction.zeta);
      stepProduct(iterate.e, trial.e, iterate.v, direction.v);
    },
    false,
  );

  const begin = (at: Procedure): void => {
    state.set(RUNNING);
    noteStart();
    inertia.lastShift.set(0);
    forgotten.set(0);
    kkt.target.set(w.target.stepAccuracy);
    kkt.reweighed.set(0);
    at.call();
    thetaMin.set(max(1, theta).times(1e-4));
    thetaMax.set(min(max(1, theta).times(1e4), method.violationLimit));
    filter.clear.call();
  };

  /** Slacks and multipliers at the iterate's point, for a barrier in proportion to the cost, which is the answer. */
  const startMultipliers = (): Real => {
    start.slacks.call();
    linearise.call();
    // A cost with a steep gradient needs a barrier in proportion, or the iterates cling to the bounds.
    const steepness = normMax(program, w.costGradient);
    const scale = program.let(max(1, steepness.over(STEEP)));
    mu.set(w.sides > 0 ? max(initialBarrier.times(scale), finalBarrier) : finalBarrier);
    // Between bounds that all but meet, slacks are tiny from the start and their multipliers large.
    setVector(program, iterate.zeta, (i) => {
      const slack = program.let(iterate.t.at(i));
      return select(slack.lt(NARROW), mu.over(slack), scale);
    });
    setVector(program, iterate.v, () => scale);
    kkt.noteUnits.call();
    return scale;
  };

  /** All products of slacks and multipliers alike: predictors reach further from there. Penalties bound multipliers. */
  const centre = (product: Real): void => {
    if (w.softSides === 0)
      setVector(program, iterate.zeta, (i) => {
        const slack = program.let(iterate.t.at(i));
        return select(slack.lt(NARROW), iterate.zeta.at(i), product.over(slack));
      });
  };

  const startGeneral = program.procedure(
    'ip.start',
    () => {
      startMultipliers();
      residuals.measure.call();
      kkt.estimate.call();
      begin(assess);
    },
    false,
  );

  const solutions = (): Solutions => (w.equalities > 0 ? alike(kkt.solve) : defineRoughSolutions(w, kkt));
  const predictorCorrector =
    w.target.predictorCorrector && isLinearQuadratic(w.stages)
      ? definePredictorCorrector(w, method, kkt, inertia, solutions())
      : null;
  const linearQuadratic = predictorCorrector
    ? defineLinearQuadratic(w, method, kkt, barrier, predictorCorrector, residuals, assessment, startGeneral)
    : null;

  program.procedure(names.initialise, () => {
    start.interior.call();
    if (linearQuadratic) {
      centre(startMultipliers());
      begin(judge);
      linearQuadratic.begin.call();
    } else startGeneral.call();
  });

  const resume = program.procedure(names.resume, () => {
    linearise.call();
    residuals.measure.call();
    const fresh =
      w.sides > 0 ? min(initialBarrier, infeasibility().times(linearQuadratic ? WARM_PREDICTED : WARM)) : finalBarrier;
    mu.set(max(fresh, finalBarrier));
    start.rebase.call();
    // Multipliers of sides have moved; unless they weigh a curvature, the linearisation is what it was.
    begin(sidesCurve(w) ? assess : judge);
    linearQuadratic?.begin.call();
  });

  const generalStep = program.procedure(
    'ip.step',
    () => {
      updateBarrier.call();
      measurePhi.call();
      rightHandSide.call();
      kkt.load.call();
      inertia.factorise.call();
      barrier.fraction.set(max(TAU_MIN, real(1).minus(mu)));
      kkt.solve.call();
      if (w.equalities > 0) solveBetter();
      if (w.sides > 0) correctProducts.call();
      lineSearch.run.call();
      program.if(
        lineSearch.accepted.gt(0),
        () => {
          accept.call();
          assess.call();
        },
        () =>
          // Before the search is given up, once more without what the filter holds against it.
          program.if(
            filter.count.gt(0).and(forgotten.lt(MOST_FORGOTTEN)),
            () => {
              filter.clear.call();
              forgotten.add(1);
            },
            () => state.set(STEP_TOO_SMALL),
          ),
      );
    },
    false,
  );

  const step = program.procedure(names.step, () => {
    program.if(state.eq(RUNNING), () => {
      if (linearQuadratic)
        program.if(
          linearQuadratic.active.gt(0),
          () => linearQuadratic.step.call(),
          () => generalStep.call(),
        );
      else generalStep.call();
    });
  });

  return { kkt, method, linearise, residuals, resume, step };
}

/** Whether a Hessian of the Lagrangian depends on the multipliers of constraints. */
function sidesCurve({ stages }: Workspace): boolean {
  return stages.segments.some(({ hessian, rowMultipliers }) => {
    const multipliers = new Set(rowMultipliers);
    return symbolsOf(
      stages.graph,
      hessian.map(({ value }) => value),
    ).some((symbol) => multipliers.has(symbol));
  });
}
