/** Settings and outcome of a solve, as the user sees them. */
import type { Iteration } from './solution';

export interface Settings {
  /** Largest scaled KKT error of a solution. */
  readonly tolerance: number;
  /** Barrier value to end at; null: follows the tolerance. */
  readonly tau: number | null;
  readonly maxIterations: number;
  readonly timeLimitMs: number;
  /** Whether the solution brings the trajectory of every iteration along. */
  readonly keepIterates: boolean;
  /** Called with every iterate, the start included; where it answers false, the solve ends as cancelled. */
  readonly onIteration?: (iteration: Iteration) => boolean;
}

export const defaults: Settings = {
  tolerance: 1e-8,
  tau: null,
  maxIterations: 500,
  timeLimitMs: 10_000,
  keepIterates: false,
};

/** The default barrier value lies this far below the tolerance, so that even weakly active sides are settled. */
const BARRIER_BELOW_TOLERANCE = 1e-5;
const SMALLEST_BARRIER = 1e-13;

export function finalBarrier(settings: Settings): number {
  return settings.tau ?? Math.max(SMALLEST_BARRIER, settings.tolerance * BARRIER_BELOW_TOLERANCE);
}

export type Status =
  | 'converged'
  | 'iteration-limit'
  | 'infeasible'
  | 'diverging'
  | 'not-a-number'
  | 'step-too-small'
  | 'cancelled'
  | 'time-limit';
