/** Explicit Runge-Kutta methods by their Butcher tableau: X_i = x + h sum_{j<i} a_ij k_j, x+ = x + h sum_i b_i k_i. */
import type { Integrator } from './problem';

export interface Tableau {
  /** Strictly lower triangular, [s][s]. */
  readonly a: readonly (readonly number[])[];
  readonly b: readonly number[];
}

/** Hairer, Norsett & Wanner, Solving Ordinary Differential Equations I, II.1: Euler, midpoint, Heun's third order, classical. */
export const tableaux: { readonly [M in Integrator]: Tableau } = {
  rk1: { a: [[0]], b: [1] },
  rk2: {
    a: [
      [0, 0],
      [1 / 2, 0],
    ],
    b: [0, 1],
  },
  rk3: {
    a: [
      [0, 0, 0],
      [1 / 3, 0, 0],
      [0, 2 / 3, 0],
    ],
    b: [1 / 4, 0, 3 / 4],
  },
  rk4: {
    a: [
      [0, 0, 0, 0],
      [1 / 2, 0, 0, 0],
      [0, 1 / 2, 0, 0],
      [0, 0, 1, 0],
    ],
    b: [1 / 6, 1 / 3, 1 / 3, 1 / 6],
  },
};
