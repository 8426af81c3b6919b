/** The trial point at a step length along the direction, and how much it violates the constraints. */
import type { Buffer, Place, Procedure } from '../kernel';
import type { MethodState } from './methodState';
import { norm1 } from './vectors';
import type { Workspace } from './workspace';

export interface Trial {
  /** From `method.step`; leaves values in w.trial, w.trialResidual and `method.trialObjective`. */
  readonly run: Procedure;
  /** 1-norm of the constraint violation. */
  readonly violation: Place;
}

export function defineTrial(w: Workspace, method: MethodState, evaluate: Procedure): Trial {
  const { program, iterate, direction, trial } = w;
  const { step: alpha, trials } = method;
  const violation = w.scalar('trial.violation');
  const run = program.procedure(
    'trial.run',
    () => {
      const move = (to: Buffer, from: Buffer, by: Buffer): void =>
        program.forEach(0, to.length, (i) => to.flat(i).set(from.flat(i).plus(alpha.times(by.flat(i)))));
      move(trial.point, iterate.point, direction.point);
      move(trial.t, iterate.t, direction.t);
      move(trial.e, iterate.e, direction.e);
      evaluate.call();
      trials.add(1);
      const { dynamics, equalities, sides } = w.trialResidual;
      violation.set([dynamics, equalities, sides].map((vector) => norm1(program, vector)).reduce((a, b) => a.plus(b)));
    },
    false,
  );
  return { run, violation };
}
