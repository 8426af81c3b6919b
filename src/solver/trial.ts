/** The trial point at a step length along the direction, and how much it violates the constraints. */
import { abs, type Buffer, type Place, type Procedure } from '../kernel';
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
      const move = (to: Buffer, from: Buffer, by: Buffer, count: number): void =>
        program.for(0, count, (i) => to.at(i).set(from.at(i).plus(alpha.times(by.at(i)))));
      program.for(0, w.N + 1, (k) =>
        program.each(0, w.nz, (i) =>
          trial.point.at(k, i).set(iterate.point.at(k, i).plus(alpha.times(direction.point.at(k, i)))),
        ),
      );
      move(trial.t, iterate.t, direction.t, w.sides);
      move(trial.e, iterate.e, direction.e, w.softSides);
      evaluate.call();
      trials.add(1);
      const total = program.variable(0);
      const { dynamics, equalities, sides } = w.trialResidual;
      program.for(0, w.N + 1, (k) => program.each(0, w.nx, (i) => total.add(abs(dynamics.at(k, i)))));
      program.for(0, w.equalities, (i) => total.add(abs(equalities.at(i))));
      program.for(0, w.sides, (i) => total.add(abs(sides.at(i))));
      violation.set(total);
    },
    false,
  );
  return { run, violation };
}
