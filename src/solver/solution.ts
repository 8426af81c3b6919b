/** What a solve takes and gives. Arrays over stages are row-major, the stage first. */
import type { Status } from './settings';

export interface Inputs {
  /** [np] */
  readonly parameters: Float64Array;
  /** [nx]; NaN: the expression in the text, or free. */
  readonly initial: Float64Array;
}

/** x [N+1][nx], u [N][nu]. */
export interface Trajectory {
  readonly x: Float64Array;
  readonly u: Float64Array;
}

/** A point of the primal-dual system, slacks left out: a `Solution` is one, and so is what is predicted from one. */
export interface PrimalDual extends Trajectory {
  /** [N][ny] */
  readonly algebraics: Float64Array;
  /** [N+1][nx], derivative of the optimal cost to go with respect to x_k. */
  readonly costates: Float64Array;
  /** In the order of the problem's constraints. */
  readonly constraints: readonly ConstraintMultipliers[];
}

/** The unknowns as they stand in the kernel's memory, by the names of their buffers. */
export type Iterate = Map<string, Float64Array>;

export interface Start {
  /** Instead of the problem's own guess. */
  readonly guess?: Trajectory;
  /**
   * From a point near a solution, multipliers included; where that does not lead to one, from `guess`. With `warm` too:
   * from there or from where the last solve ended, whichever meets the conditions better, for a prediction may go astray.
   */
  readonly near?: PrimalDual | Iterate;
  /** From where the last solve ended, if it converged. */
  readonly warm?: boolean;
  /** One stage on, as in closed loop: what was planned for the next stage is the start of this one. */
  readonly shift?: boolean;
  /**
   * One attempt, from the start that is given, and warm from wherever the last solve ended: real-time iterations carry
   * their multipliers along from one unfinished solve to the next.
   */
  readonly once?: boolean;
}

/** Where a solve began anew: the guess of the text, where its controls lead, the point nearest to meeting the constraints. */
export type Restart = 'text' | 'simulation' | 'elastic';

export interface Iteration {
  readonly objective: number;
  readonly primalInfeasibility: number;
  readonly dualInfeasibility: number;
  readonly complementarity: number;
  readonly barrier: number;
  readonly stepPrimal: number;
  readonly stepDual: number;
  readonly regularisation: number;
  /** Trial points of the line search. */
  readonly trials: number;
}

/** Arrays parallel to `stages`; a side that is not given has none. */
export interface ConstraintMultipliers {
  readonly name: string;
  readonly stages: readonly number[];
  /** Multipliers >= 0 of the given sides. */
  readonly lower?: readonly number[];
  readonly upper?: readonly number[];
  /** Of any sign. */
  readonly equality?: readonly number[];
  /** Violations of soft sides and their multipliers. */
  readonly slackLower?: readonly number[];
  readonly slackUpper?: readonly number[];
  readonly slackLowerMultiplier?: readonly number[];
  readonly slackUpperMultiplier?: readonly number[];
}

export interface Solution extends PrimalDual {
  readonly status: Status;
  /** What happened and what to do next. */
  readonly message: string;
  readonly iterations: number;
  /** The start that led to this end, where it is not the one that was asked for. */
  readonly restart?: Restart;
  readonly objective: number;
  /** Barrier value at the end. */
  readonly tau: number;
  /** Times of the shooting nodes, [N+1]. */
  readonly t: Float64Array;
  readonly history: readonly Iteration[];
  /** Trajectories parallel to `history`, where the settings ask for them; else empty. */
  readonly iterates: readonly Trajectory[];
  readonly kkt: { readonly stationarity: number; readonly feasibility: number; readonly complementarity: number };
}
