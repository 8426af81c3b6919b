/**
 * The filter line search of Waechter & Biegler 2006, Algorithm A, steps: backtracking from the fraction
 * to the boundary, a second-order correction where the full step makes the constraints worse, and the switch between
 * the Armijo rule for phi and sufficient decrease of theta or phi. Equation numbers are those of the paper.
 */
import { abs, type Buffer, max, min, type Place, type Procedure, type Real, real, select } from '../kernel';
import type { Barrier } from './barrier';
import type { Filter } from './filter';
import type { KktSystem } from './kkt';
import type { MethodState } from './methodState';
import type { Trial } from './trial';
import { copy } from './vectors';
import type { Workspace } from './workspace';

const GAMMA_THETA = 1e-5;
const GAMMA_PHI = 1e-8;
const DELTA = 1;
const S_THETA = 1.1;
const S_PHI = 2.3;
const ETA_PHI = 1e-8;
const GAMMA_ALPHA = 0.05;
const KAPPA_SOC = 0.99;
const P_MAX = 4;
/** Rounding in phi that must not reject a step, in units of the last place. */
const PHI_NOISE = 10;

export interface LineSearchState extends Pick<MethodState, 'mu' | 'trialObjective' | 'step' | 'trials'> {
  /** theta and phi at the iterate. */
  readonly theta: Place;
  readonly phi: Place;
  /** Bounds on theta: beyond theta_max nothing is accepted, below theta_min the Armijo rule may hold. */
  readonly thetaMax: Place;
  readonly thetaMin: Place;
}

export interface LineSearch {
  /** From w.direction to w.trial; `accepted` 0 where no step length will do. */
  readonly run: Procedure;
  readonly accepted: Place;
  readonly step: Place;
}

export function defineLineSearch(
  w: Workspace,
  state: LineSearchState,
  trial: Trial,
  barrier: Barrier,
  filter: Filter,
  kkt: KktSystem,
): LineSearch {
  const { program } = w;
  const { direction } = w;
  const { mu, theta, phi, thetaMin, thetaMax } = state;
  const accepted = w.scalar('lineSearch.accepted');
  const { step: alpha, trials } = state;
  const trialTheta = trial.violation;
  const trialPhi = w.scalar('lineSearch.phi');
  const armijo = w.scalar('lineSearch.armijo');
  const saved = w.vector('saved.');

  const tryStep = program.procedure(
    'lineSearch.try',
    () => {
      trial.run.call();
      trialPhi.set(state.trialObjective.minus(barrier.logarithms(w.trial.t, w.trial.e, mu)));
    },
    false,
  );

  /** Steps for the trial point; `full` is the step length the rules are stated for. */
  const judge = (full: Real): void => {
    const noise = program.let(abs(phi).times(PHI_NOISE * w.target.unit));
    const decrease = program.let(full.times(barrier.slope));
    // (19): phi falls fast enough compared with theta for the Armijo rule to be asked for.
    const switching = barrier.slope
      .lt(0)
      .and(
        full
          .times(program.apply('pow', barrier.slope.negated(), S_PHI))
          .gt(program.apply('pow', theta, S_THETA).times(DELTA)),
      );
    const useArmijo = program.let(select(theta.le(thetaMin).and(switching), 1, 0));
    const descent = trialPhi.minus(phi).minus(noise).le(decrease.times(ETA_PHI)); // (20)
    const enough = trialTheta
      .le(theta.times(1 - GAMMA_THETA))
      .or(trialPhi.minus(phi).minus(noise).le(theta.times(-GAMMA_PHI))); // (18)
    const sufficient = useArmijo.gt(0).and(descent).or(useArmijo.le(0).and(enough));
    const inFilter = filter.accepts(trialTheta, trialPhi, noise);
    const finite = trialPhi.minus(trialPhi).eq(0).and(trialTheta.le(thetaMax));
    // Where the constraints hold and phi stands still but for rounding, only multipliers move: nothing speaks against it.
    const settled = max(theta, trialTheta)
      .le(w.target.settledViolation)
      .and(abs(trialPhi.minus(phi)).le(abs(phi).plus(1).times(w.target.settledBarrier)));
    accepted.set(select(finite.and(settled.or(sufficient.and(inFilter.gt(0)))), 1, 0));
    armijo.set(select(useArmijo.gt(0).and(descent), 1, 0));
  };

  /** (23): below this step length the search is given up. */
  const smallestStep = (): Real => {
    const { slope } = barrier;
    const fall = program.let(slope.negated());
    const whereFalling = min(GAMMA_THETA, theta.times(GAMMA_PHI).over(fall));
    const whereFeasible = min(
      whereFalling,
      program
        .apply('pow', theta, S_THETA)
        .times(DELTA)
        .over(program.apply('pow', max(fall, w.target.tiny), S_PHI)),
    );
    const bound = select(slope.lt(0), select(theta.le(thetaMin), whereFeasible, whereFalling), real(GAMMA_THETA));
    return program.let(bound.times(GAMMA_ALPHA));
  };

  /** the same matrix with the constraints as they are at the end of the step. */
  const correct = program.procedure(
    'lineSearch.correct',
    () => {
      copy(w, direction, saved);
      const first = program.let(alpha);
      const before = program.variable(theta);
      const left = program.variable(P_MAX);
      const add = (to: Buffer, extra: Buffer, count: number): void =>
        program.for(0, count, (i) => to.at(i).set(to.at(i).times(alpha).plus(extra.at(i))));
      program.while(left.gt(0).and(accepted.le(0)).and(trialTheta.eq(trialTheta)), () => {
        before.set(trialTheta);
        program.for(0, w.N + 1, (k) =>
          program.each(0, w.nx, (i) =>
            kkt.rhs.dynamics
              .at(k, i)
              .set(kkt.rhs.dynamics.at(k, i).times(alpha).plus(w.trialResidual.dynamics.at(k, i))),
          ),
        );
        add(kkt.rhs.equalities, w.trialResidual.equalities, w.equalities);
        add(kkt.rhs.sides, w.trialResidual.sides, w.sides);
        kkt.solve.call();
        barrier.limitStep.call();
        alpha.set(barrier.primalStep);
        tryStep.call();
        judge(first);
        left.add(-1);
        program.if(accepted.le(0).and(trialTheta.gt(before.times(KAPPA_SOC)).or(trialTheta.ne(trialTheta))), () =>
          left.set(0),
        );
      });
      program.if(accepted.le(0), () => {
        copy(w, saved, direction);
        alpha.set(first);
      });
    },
    false,
  );

  const run = program.procedure('lineSearch.run', () => {
    accepted.set(0);
    trials.set(0);
    barrier.measureSlope.call();
    barrier.limitStep.call();
    alpha.set(barrier.primalStep);
    const smallest = smallestStep();
    const first = program.variable(1);
    const searching = program.variable(1);
    program.while(searching.gt(0), () => {
      tryStep.call();
      judge(alpha);
      program.if(first.gt(0).and(accepted.le(0)).and(trialTheta.ge(theta)).and(theta.gt(w.target.violationNoise)), () =>
        correct.call(),
      );
      first.set(0);
      program.if(
        accepted.gt(0),
        () => searching.set(0),
        () => {
          alpha.set(alpha.times(0.5));
          program.if(alpha.lt(smallest), () => searching.set(0));
        },
      );
    });
    // unless phi was reduced by the Armijo rule, the point left behind goes into the filter.
    program.if(accepted.gt(0).and(armijo.le(0)), () =>
      filter.add(program.let(theta.times(1 - GAMMA_THETA)), program.let(phi.minus(theta.times(GAMMA_PHI)))),
    );
  });

  return { run, accepted, step: alpha };
}
