/**
 * The local feedback law at the first stage, read from the derivatives with respect to the initial state:
 *
 *   u_0 = u_0* + K (x_0 - x_0*),   K = du_0/dx_0.
 */
import type { ProblemView, ShownSensitivities } from '../protocol';

export interface FeedbackLaw {
  readonly controls: readonly string[];
  /** Those whose initial value is fixed. */
  readonly states: readonly string[];
  /** [controls][states] */
  readonly gain: readonly (readonly number[])[];
}

/** Gains this small beside the largest derivative of their column are rounding. */
const rounding = 1e-9;

export function feedbackOf({ controls }: ProblemView, { columns, du }: ShownSensitivities): FeedbackLaw {
  const initial = columns.flatMap((column, j) => (column.startsWith('x0.') ? [{ state: column.slice(3), j }] : []));
  const largest = initial.map(({ j }) => {
    let most = 0;
    for (let i = j; i < du.length; i += columns.length) most = Math.max(most, Math.abs(du[i] ?? 0));
    return most;
  });
  return {
    controls: controls.map(({ name }) => name),
    states: initial.map(({ state }) => state),
    gain: controls.map((_, i) =>
      initial.map(({ j }, s) => {
        const value = du[i * columns.length + j] ?? Number.NaN;
        return Math.abs(value) <= rounding * (largest[s] ?? 0) ? 0 : value;
      }),
    ),
  };
}
