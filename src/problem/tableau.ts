/** Runge-Kutta methods by their Butcher tableau: X_i = x + h sum_j a_ij k_j, k_i = f(X_i), x+ = x + h sum_i b_i k_i. */
import { collocation } from './collocation';
import type { ExplicitIntegrator, Integrator } from './problem';

export interface Tableau {
  /** [s][s]; strictly lower triangular for explicit methods. */
  readonly a: readonly (readonly number[])[];
  readonly b: readonly number[];
}

/** Hairer, Norsett & Wanner, Solving Ordinary Differential Equations I, II.1: Euler, midpoint, Heun's third order, classical. */
const explicit: { readonly [M in ExplicitIntegrator]: Tableau } = {
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

export function tableauOf(integrator: Integrator): Tableau {
  if (integrator in explicit) return explicit[integrator as ExplicitIntegrator];
  const [family, stages] = integrator.startsWith('radau') ? (['radau', 6] as const) : (['gauss-legendre', 15] as const);
  return collocation(family, Number(integrator.slice(stages)));
}
