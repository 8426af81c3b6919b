/**
 * The vector-Jacobian product of the solution map at a solution: with the exact Hessian one adjoint system a seed, with the
 * Gauss-Newton Hessian, which leaves no symmetric system behind for the right-hand sides are exact, column by column.
 */
import { NoSquaresError } from '../problem';
import type { AdjointSensitivities, DifferentiableSolver, Seed, Sensitivities } from '../sensitivity';

export type Hessian = 'exact' | 'gauss-newton';

/** Of the point where `solver` ended. Throws NoSquaresError where the cost has no Gauss-Newton Hessian. */
export function pullBack(solver: DifferentiableSolver, seed: Seed, hessian: Hessian): AdjointSensitivities {
  if (hessian === 'exact') return solver.adjoint(seed);
  const wrong = solver.gaussNewtonSensitivities();
  if (!wrong.ok) throw new NoSquaresError(wrong.terms);
  return contracted(wrong.sensitivities, seed);
}

function contracted({ columns, dx, du, dobjective, ...trust }: Sensitivities, seed: Seed): AdjointSensitivities {
  const gradient = new Float64Array(columns.length);
  const gather = (weights: ArrayLike<number> | undefined, derivatives: Float64Array): void => {
    if (!weights) return;
    for (let row = 0; row < weights.length; row++)
      for (let j = 0; j < gradient.length; j++) gradient[j] += weights[row] * derivatives[row * gradient.length + j];
  };
  gather(seed.x, dx);
  gather(seed.u, du);
  gather([seed.objective ?? 0], dobjective);
  const { valid, reason, residual } = trust;
  return { columns, gradient, valid, reason, residual };
}
