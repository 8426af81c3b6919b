/** What the host and every method know of each other: scalars by name, procedures by name, and how a solve stands. */
import type { Place } from '../kernel';
import type { Workspace } from './workspace';

/** Scalars the host sets before a solve or reads after a step. */
export const scalars = {
  tolerance: 'settings.tolerance',
  finalBarrier: 'settings.finalBarrier',
  initialBarrier: 'settings.initialBarrier',
  violationLimit: 'settings.violationLimit',
  state: 'method.state',
  mu: 'method.mu',
  objective: 'method.objective',
  dual: 'residuals.dual',
  primal: 'residuals.primal',
  complementarity: 'residuals.complementarity',
  primalStep: 'method.step',
  dualStep: 'barrier.dualStep',
  regularisation: 'kkt.regularisation',
  trials: 'method.trials',
} as const;

export const procedures = {
  /** The problem's guess into the iterate. */
  guess: 'start.guess',
  /** States of the iterate from its controls. */
  simulate: 'simulate',
  /** Cold: from the point of the iterate. */
  initialise: 'method.initialise',
  /** Warm: from the iterate as the last solve left it, for inputs that have changed. */
  resume: 'method.resume',
  /** One iteration. */
  step: 'method.step',
  /** The phases of a real-time iteration. */
  prepare: 'method.prepare',
  feedback: 'method.feedback',
  /** The linearisation and the residuals at the iterate. */
  assess: 'method.assess',
} as const;

/** Values of `state`. */
export const RUNNING = 0;
export const CONVERGED = 1;
export const STEP_TOO_SMALL = 2;
export const NOT_A_NUMBER = 3;
export const DIVERGING = 4;

export interface MethodState {
  readonly tolerance: Place;
  readonly finalBarrier: Place;
  readonly initialBarrier: Place;
  /** Points that violate the constraints by more, in the 1-norm, are not gone to. */
  readonly violationLimit: Place;
  readonly state: Place;
  readonly mu: Place;
  readonly objective: Place;
  /** Length of the last step, and the trial points it took. */
  readonly step: Place;
  readonly trials: Place;
  readonly trialObjective: Place;
  /** Size of the iterate at the start. */
  readonly startSize: Place;
}

export function defineMethodState(w: Workspace): MethodState {
  return {
    tolerance: w.scalar(scalars.tolerance),
    finalBarrier: w.scalar(scalars.finalBarrier),
    initialBarrier: w.scalar(scalars.initialBarrier),
    violationLimit: w.scalar(scalars.violationLimit),
    state: w.scalar(scalars.state),
    mu: w.scalar(scalars.mu),
    objective: w.scalar(scalars.objective),
    step: w.scalar(scalars.primalStep),
    trials: w.scalar(scalars.trials),
    trialObjective: w.scalar('method.trialObjective'),
    startSize: w.scalar('method.startSize'),
  };
}
