/** Derivatives of a solution. Arrays are row-major, the stage first and the column last. */
import type { MultiplierKind } from '../solver';

/** Derivatives of a constraint's multipliers and violations, each [stages][columns]. */
export interface ConstraintSensitivities extends Partial<Readonly<Record<MultiplierKind, Float64Array>>> {
  readonly name: string;
  readonly stages: readonly number[];
}

export interface Sensitivities {
  /** Parameters in order of declaration, then `x0.STATE` per fixed initial state. */
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
  /** Whether these are derivatives of the solution; if not, `reason` says why. */
  readonly valid: boolean;
  readonly reason: string;
  /** Largest residual of the linear systems, relative to their right-hand sides. */
  readonly residual: number;
}
