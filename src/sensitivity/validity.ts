/** Whether the derivatives of a solution can be trusted, and how far each parameter may move before they no longer hold. */
import type { ActiveSetChange } from './activeSet';
import type { Optimality } from './optimality';
import type { Trust } from './sensitivities';

/**
 * How far a parameter may move until the linear prediction of a slack or a multiplier is zero (ratio test), so that the
 * active set changes; both lengths are >= 0, infinite where nothing changes.
 */
export interface ActiveSetRange {
  readonly column: string;
  readonly down: number;
  readonly up: number;
  /** What changes there. */
  readonly downEvent: ActiveSetChange | null;
  readonly upEvent: ActiveSetChange | null;
}

export interface Validity extends Optimality, Trust {
  /** Estimated condition number (1-norm) of the KKT matrix of the active set. */
  readonly condition: number;
  readonly ranges: readonly ActiveSetRange[];
}
