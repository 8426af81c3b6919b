/**
 * The subproblem of a real-time iteration where the active set stays as it was: the Newton step of
 *
 *   stationarity, dynamics, equalities, sides as they are linearised,   t zeta = tau
 *
 * at the slacks and multipliers of the last sample solves it, if no side is in its way and the products dt dzeta that it
 * leaves out are small. Its matrix does not depend on the measured state and is factorised before that comes, so the
 * answer takes one solution (the tangential predictor of Diehl 2001, section 4.5).
 */
import { abs, type Buffer, max, min, type Place, type Procedure, type Real, type Realish } from '../kernel';
import type { Barrier } from './barrier';
import type { Inertia } from './inertia';
import type { KktSystem } from './kkt';
import type { MethodState } from './methodState';
import type { Workspace } from './workspace';

/** 1 where the last attempt solved the subproblem. */
export const STEADY = 'steady.solved';

export interface SteadyStep {
  readonly prepare: Procedure;
  /** Leaves the step as w.direction. */
  readonly attempt: Procedure;
  /** Whether it solves the subproblem. */
  readonly solved: Place;
}

export function defineSteadyStep(
  w: Workspace,
  { tolerance, finalBarrier, mu }: MethodState,
  rightHandSide: Procedure,
  { kkt, inertia, barrier }: { readonly kkt: KktSystem; readonly inertia: Inertia; readonly barrier: Barrier },
): SteadyStep {
  const { program, direction } = w;
  const solved = w.scalar(STEADY);

  const prepare = program.procedure(
    'steady.prepare',
    () => {
      kkt.load.call();
      inertia.factorise.call();
    },
    false,
  );

  const leftOut = (least: Realish, slack: Buffer, multiplier: Buffer): Real =>
    program.greatest(least, 0, slack.length, (i) => abs(slack.at(i).times(multiplier.at(i))));

  const attempt = program.procedure(
    'steady.attempt',
    () => {
      mu.set(finalBarrier);
      rightHandSide.call();
      kkt.solve.call();
      barrier.fraction.set(1);
      barrier.limitStep.call();
      const free = min(barrier.primalStep, barrier.dualStep).ge(1);
      const products = leftOut(leftOut(0, direction.t, direction.zeta), direction.e, direction.v);
      solved.set(0);
      program.if(free.and(products.le(max(tolerance, finalBarrier))), () => solved.set(1));
    },
    false,
  );
  return { prepare, attempt, solved };
}
