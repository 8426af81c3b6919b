/**
 * Problems with linear dynamics and rows and a quadratic cost: iterations of the predictor-corrector method instead of
 * the general ones, without a line search, and without linearising anything twice. It is for convex problems; where a
 * factorisation says that this one is none, or progress is poor, the general method begins at the same start.
 */
import { max, type Place, type Procedure, type Real, real, select } from '../kernel';
import type { Stages } from '../problem';
import { derivativesFollowFrom } from './affineStage';
import type { Assessment } from './assessment';
import type { Barrier } from './barrier';
import type { KktSystem } from './kkt';
import { CONVERGED, type MethodState, RUNNING } from './methodState';
import type { PredictorCorrector } from './predictorCorrector';
import type { Residuals } from './residuals';
import { forSides } from './sides';
import { setVector } from './vectors';
import type { Workspace } from './workspace';

/** Iterations after which the general method is to try. */
const MOST = 40;
/** A step shorter than this is poor progress; so many are too many. */
const SHORT = 1e-2;
const MOST_SHORT = 6;
/** Residuals at the end, in units of the tolerance. */
const POLISHED = 1e-2;

/** Whether first derivatives of dynamics and rows, and second ones of the cost, are the same wherever the iterate is. */
export function isLinearQuadratic(stages: Stages): boolean {
  const { parameters, numbers, signals, dynamics } = stages;
  if (dynamics.kind === 'runge-kutta' && (dynamics.accumulators > 0 || dynamics.algebraics.length > 0)) return false;
  return derivativesFollowFrom([...parameters, ...numbers, ...signals], stages);
}

export interface LinearQuadratic {
  /** From slacks and multipliers, at an iterate that has been assessed. */
  readonly begin: Procedure;
  /** One iteration. */
  readonly step: Procedure;
  /** 1 as long as this is the method. */
  readonly active: Place;
}

/** `general`: starts the general method at the iterate's point. */
export function defineLinearQuadratic(
  w: Workspace,
  { tolerance, step, trials, state, objective }: MethodState,
  { rhs, regularisation }: KktSystem,
  { dualStep }: Barrier,
  { begin: takeOver, aim, advance }: PredictorCorrector,
  residuals: Residuals,
  { assess, meets }: Assessment,
  general: Procedure,
): LinearQuadratic {
  const { program, iterate, direction } = w;
  const active = w.scalar('linearQuadratic.active');
  const count = w.scalar('linearQuadratic.iterations');
  const short = w.scalar('linearQuadratic.short');
  const polished = w.scalar('linearQuadratic.polished');
  const start = program.buffer('linearQuadratic.start', w.N + 1, w.nz);

  const begin = program.procedure(
    'linearQuadratic.begin',
    () => {
      active.set(1);
      count.set(0);
      short.set(0);
      polished.set(0);
      setVector(program, start, (i) => iterate.point.flat(i));
      takeOver.call();
    },
    false,
  );

  /**
   * What the step changes the objective f by. With d the direction, g'd and d'W d follow from the Newton equations:
   *
   *   alpha g'd + alpha^2/2 d'W d = (alpha - alpha^2/2) r_z'd + r_x'l - (r_t - dt + de)'m,
   *
   * where l and m stand for alpha multiplier + alpha^2/2 change of it; without equalities.
   */
  const updateObjective = (): void => {
    const half = program.let(step.times(step).times(0.5));
    const both = (value: Place, change: Place): Real => step.times(value).plus(half.times(change));
    const { stationarity, dynamics, sides } = rhs;
    const sum = program.variable(objective);
    const gather = (count: number, term: Parameters<typeof program.total>[2]): void => {
      if (count > 0) sum.add(program.total(0, count, term));
    };
    gather(stationarity.length, (i) => stationarity.flat(i).times(direction.point.flat(i)).times(step.minus(half)));
    gather(dynamics.length, (i) => dynamics.flat(i).times(both(iterate.costate.flat(i), direction.costate.flat(i))));
    gather(sides.length, (i) =>
      direction.t
        .at(i)
        .minus(sides.at(i))
        .times(both(iterate.zeta.at(i), direction.zeta.at(i))),
    );
    if (w.softSides > 0)
      forSides(w, ({ number, soft }) => {
        if (!soft) return;
        const [e, de] = [program.let(iterate.e.at(soft.number)), program.let(direction.e.at(soft.number))];
        const price = soft.l1.plus(soft.l2.times(e)).times(step).plus(soft.l2.times(de).times(half));
        sum.add(de.times(price.minus(both(iterate.zeta.at(number), direction.zeta.at(number)))));
      });
    objective.set(sum);
  };

  const handOver = (): void => {
    active.set(0);
    setVector(program, iterate.point, (i) => start.flat(i));
    general.call();
  };

  /** The residuals as they are. */
  const renew = (): void => {
    assess.call();
    // What the recursion has left of stiff rows is met by one more step.
    const rough = max(residuals.dual.over(residuals.dualScale), residuals.primal).gt(tolerance.times(POLISHED));
    program.if(state.eq(CONVERGED).and(rough).and(polished.le(0)), () => {
      polished.set(1);
      state.set(RUNNING);
    });
    program.if(state.eq(RUNNING), () => takeOver.call());
  };

  const stepProcedure = program.procedure(
    'linearQuadratic.step',
    () => {
      aim.call();
      trials.set(1);
      dualStep.set(step);
      count.add(1);
      short.add(select(step.lt(SHORT), 1, 0));
      const hopeless = regularisation.gt(0).or(step.ne(step)).or(count.gt(MOST)).or(short.gt(MOST_SHORT));
      program.if(hopeless, handOver, () => {
        // Equalities may be redundant, or nearly so: a step does not always meet them as far as it should.
        if (w.equalities > 0) {
          advance.call();
          renew();
          return;
        }
        updateObjective();
        advance.call();
        const left = program.let(real(1).minus(step));
        for (const size of [residuals.dual, residuals.primal]) size.set(size.times(left));
        program.if(meets(), renew);
      });
    },
    false,
  );
  return { begin, step: stepProcedure, active };
}
