/** The trial point at a step length along the direction, and how much it violates the constraints. */
import { abs, type Buffer, type Place, type Procedure, type Real } from '../kernel';
import type { MethodState } from './methodState';
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
      const sizeOf = (buffer: Buffer): Real => program.total(0, buffer.length, (i) => abs(buffer.flat(i)));
      const { dynamics, equalities, sides } = w.trialResidual;
      violation.set(sizeOf(dynamics).plus(sizeOf(equalities)).plus(sizeOf(sides)));
    },
    false,
  );
  return { run, violation };
}
