/** Derivatives of a solution. Arrays are row-major, the stage first and the column last. */
import type { MultiplierKind } from '../solver';

/** Values for a constraint's multipliers and violations, each parallel to its stages, with a column for each derivative. */
export interface ConstraintSensitivities extends Partial<Readonly<Record<MultiplierKind, Float64Array>>> {
  readonly name: string;
  readonly stages: readonly number[];
}

/** How far numbers can be trusted. */
export interface Trust {
  /** Whether these are derivatives of the solution; if not, `reason` says why. */
  readonly valid: boolean;
  readonly reason: string;
  /** Largest residual of the linear systems, relative to their right-hand sides. */
  readonly residual: number;
}

export interface Sensitivities extends Trust {
  /** Parameters in order of declaration, then `x0.STATE` per fixed initial state; or those that were asked for. */
  readonly columns: readonly string[];
  /** [N+1][nx][columns] */
  readonly dx: Float64Array;
  /** [N][nu][columns] */
  readonly du: Float64Array;
  /** [N+1][nx][columns] */
  readonly dcostates: Float64Array;
  /** [N][ny][columns] */
  readonly dalgebraics: Float64Array;
  readonly dconstraints: readonly ConstraintSensitivities[];
  /** [columns] */
  readonly dobjective: Float64Array;
}

export interface SensitivityOptions {
  /** Numbers of the columns wanted, in this order; all of them if left out. */
  readonly columns?: readonly number[];
}

/**
 * Sensitivities with the Gauss-Newton Hessian in the linear system, which leaves the curvature of dynamics, constraints and
 * residuals out, and the right-hand side exact. They are wrong, and show by how much. Where the cost has terms that are
 * no squares there is no such Hessian: `terms` are these, as text.
 */
export type GaussNewtonSensitivities =
  | { readonly ok: true; readonly sensitivities: Sensitivities }
  | { readonly ok: false; readonly message: string; readonly terms: readonly string[] };

/** Weights of a constraint's multipliers and violations, each parallel to `stages`. */
export interface ConstraintSeed extends Partial<Readonly<Record<MultiplierKind, ArrayLike<number>>>> {
  readonly name: string;
}

/**
 * A linear function of the solution, sum of weight times value, by its weights; what is left out has weight 0.
 * Constraints are found by name, and may be some of them.
 */
export interface Seed {
  /** [N+1][nx] */
  readonly x?: ArrayLike<number>;
  /** [N][nu] */
  readonly u?: ArrayLike<number>;
  /** [N][ny] */
  readonly algebraics?: ArrayLike<number>;
  /** [N+1][nx] */
  readonly costates?: ArrayLike<number>;
  readonly constraints?: readonly ConstraintSeed[];
  readonly objective?: number;
}

export interface AdjointSensitivities extends Trust {
  readonly columns: readonly string[];
  /** Of the seed's function, [columns]. */
  readonly gradient: Float64Array;
}

/**
 * Of the optimal value. At a barrier value that was asked for, of the smoothed one, objective - tau sum log(slack), whose
 * derivatives have no kinks.
 */
export interface ValueDerivatives extends Trust {
  readonly columns: readonly string[];
  /** [columns] */
  readonly gradient: Float64Array;
  /** [columns][columns], symmetric. */
  readonly hessian: Float64Array;
}

/** The local feedback law at the first stage, u_0 = u_0* + gain (x_0 - x_0*), in the states whose initial value is fixed. */
export interface Feedback extends Trust {
  readonly controls: readonly string[];
  readonly states: readonly string[];
  /** du_0/dx_0, [controls][states]. */
  readonly gain: Float64Array;
}
