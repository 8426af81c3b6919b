/**
 * A step of the dynamics from one stage to the next as kernel code. That of a Runge-Kutta method is the same at all stages,
 * whatever constraints they have.
 */
import { type Buffer, type Indexish, type Procedure, type Real, select, ZERO } from '../kernel';
import { stepDerivatives, stepValue } from './integrator';
import type { Workspace } from './workspace';

export const next = (k: Indexish): Indexish => (typeof k === 'number' ? k + 1 : k.plus(1));

export interface LineariseStep {
  /**
   * Stores defects, the Jacobian and the second derivatives, and the integrated part of cost and gradient where there is
   * one; the functions of the stage are to be added to these.
   */
  readonly procedure: Procedure;
  /** Whether the step has second derivatives by variables i and j. */
  curves(i: number, j: number): boolean;
  /** Whether it stores a part of the cost. */
  readonly costs: boolean;
}

/** Define `linearise.step`: the step from the iterate at a stage, and its derivatives; null: there is no method. */
export function defineLineariseStep(w: Workspace, unrolled: (body: () => void) => void): LineariseStep | null {
  const { program, stages, nx, nz } = w;
  const { dynamics } = stages;
  if (dynamics.kind === 'map') return null;
  const curved = new Set<number>();
  const procedure = program.procedure(
    'linearise.step',
    (k) =>
      unrolled(() => {
        const costate = stages.costates.map((_, i) => program.let(w.iterate.costate.at(next(k), i)));
        w.method?.unsolved?.set(0);
        const step = stepDerivatives(w, dynamics, pointOf(w, k, w.iterate.point), costate);
        if (w.method?.unsolved) w.unsolved?.at(k).set(w.method.unsolved);
        storeDynamics(w, k, step.value.slice(0, nx), step.jacobian.at);
        step.value.slice(nx).forEach((accumulated, a) => {
          w.stageCost.at(k).set(accumulated);
          for (let j = 0; j < nz; j++) w.costGradient.at(k, j).set(step.jacobian.at(nx + a, j));
        });
        for (let i = 0; i < nz; i++)
          for (let j = 0; j <= i; j++) {
            const value = step.hessian.at(i, j);
            if (value.literal === 0) continue;
            curved.add(i * nz + j);
            w.hessian.at(k, i, j).set(value);
          }
      }),
    false,
  );
  return { procedure, curves: (i, j) => curved.has(i * nz + j), costs: dynamics.accumulators > 0 };
}

export interface EvaluateStep {
  /** Stores defects and, where the cost of a stage begins with that of its step, this. */
  readonly procedure: Procedure;
  readonly costs: boolean;
}

/** Define `evaluate.step`: the step from the trial point at a stage; null: there is no method. */
export function defineEvaluateStep(w: Workspace): EvaluateStep | null {
  const { program, stages, nx, method, unsolved } = w;
  const { dynamics } = stages;
  if (dynamics.kind === 'map') return null;
  const costs = dynamics.accumulators > 0 || unsolved !== null;
  const procedure = program.procedure(
    'evaluate.step',
    (k) => {
      method?.unsolved?.set(0);
      const following = stepValue(w, dynamics, pointOf(w, k, w.trial.point));
      storeDefect(k, following.slice(0, nx), w.trial.point, w.trialResidual.dynamics);
      const accumulated = following.slice(nx).reduce((sum, value) => sum.plus(value), ZERO);
      // A step whose equations can no longer be solved leads nowhere: no line search may end there.
      const lost = method?.unsolved && unsolved ? method.unsolved.gt(unsolved.at(k)) : null;
      if (costs) w.stageCost.at(k).set(lost ? select(lost, Number.POSITIVE_INFINITY, accumulated) : accumulated);
    },
    false,
  );
  return { procedure, costs };
}

/** Values of (x_k, u_k, signals at k). */
export function pointOf(w: Workspace, k: Indexish, point: Buffer): Real[] {
  const z = Array.from({ length: w.nz }, (_, i) => w.program.let(point.at(k, i)));
  return [...z, ...w.invariants.signalsAt(k)];
}

/** The defect of the iterate, and the Jacobian by z_k. */
export function storeDynamics(
  w: Workspace,
  k: Indexish,
  value: readonly Real[],
  jacobian: (i: number, j: number) => Real,
): void {
  storeDefect(k, value, w.iterate.point, w.residual.dynamics);
  for (let i = 0; i < w.nx; i++) for (let j = 0; j < w.nz; j++) w.dynamicsJacobian.set(k, i, j, jacobian(i, j));
}

/** F(z_k) - x_{k+1} */
export function storeDefect(k: Indexish, value: readonly Real[], point: Buffer, defect: Buffer): void {
  value.forEach((following, i) => {
    defect.at(next(k), i).set(following.minus(point.at(next(k), i)));
  });
}
