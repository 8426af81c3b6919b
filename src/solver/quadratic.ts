/**
 * The linear-quadratic subproblem at the iterate,
 *
 *   min 1/2 d'W d + g'd + penalties  subject to the linearised dynamics, equalities and sides,
 *
 * by the predictor-corrector method, on the same Newton system as the nonlinear method. It starts from the iterate's
 * slacks and multipliers, and leaves its solution in the iterate.
 */
import { abs, type Buffer, type Place, type Procedure, type Real, type Realish, real } from '../kernel';
import type { Inertia } from './inertia';
import type { KktSystem } from './kkt';
import type { MethodState } from './methodState';
import { definePredictorCorrector } from './predictorCorrector';
import { alike } from './solutions';
import { normMax } from './vectors';
import type { Workspace } from './workspace';

const MAX_ITERATIONS = 60;
/** Residuals of the subproblem at its solution, as a share of what they were, and in absolute terms. */
const ACCURACY = 1e-12;
const ABSOLUTE = 1e-10;
const CENTRED = 0.1;

export interface Quadratic {
  readonly solve: Procedure;
  /** Interior point iterations of the last solve. */
  readonly iterations: Place;
}

export function defineQuadratic(w: Workspace, method: MethodState, kkt: KktSystem, inertia: Inertia): Quadratic {
  const { program, iterate } = w;
  const { finalBarrier, step } = method;
  const iterations = w.scalar('qp.iterations');
  const { begin, aim, advance } = definePredictorCorrector(w, method, kkt, inertia, alike(kkt.solve));

  /** Largest |t zeta - tau|. */
  const largestGap = (): Real => {
    const wanted = program.let(finalBarrier);
    const largest = (least: Realish, slack: Buffer, multiplier: Buffer): Real =>
      program.greatest(least, 0, slack.length, (i) => abs(slack.at(i).times(multiplier.at(i)).minus(wanted)));
    return largest(largest(0, iterate.t, iterate.zeta), iterate.e, iterate.v);
  };

  const solve = program.procedure('qp.solve', () => {
    begin.call();
    const share = program.variable(1);
    const left = program.variable(MAX_ITERATIONS);
    const { stationarity, dynamics, equalities } = w.residual;
    const whole = [stationarity, dynamics, equalities, w.sideResidual].reduce<Real>(
      (least, residual) => normMax(program, residual, least),
      real(0),
    );
    iterations.set(0);
    program.while(left.gt(0), () => {
      aim.call();
      advance.call();
      share.set(share.times(step.negated().plus(1)));
      iterations.add(1);
      left.add(-1);
      const small = share.le(ACCURACY).or(share.times(whole).le(ABSOLUTE));
      const settled = w.sides > 0 ? largestGap().le(finalBarrier.times(CENTRED)) : small;
      program.if(small.and(settled).or(step.ne(step)), () => left.set(0));
    });
  });

  return { solve, iterations };
}
