/** Parameters with a value at every stage: a column for each, first and second derivatives. */
import { describe, expect, it } from 'vitest';
import { distance } from '../../problem/testing';
import { DifferentiableSolver } from '../../sensitivity';
import { problemOf } from '../testing/compiled';

describe('a parameter at every stage', () => {
  const problem = problemOf(`
parameter w at stages = 0.1
parameter T = 2
state x = 1
control u in [-0.8, 0.8]
dynamics
  x' = -x^3 + u + w
minimize
  integral x^2 + 0.1*(u - w)^2
  terminal (1 + w)*x^2
horizon T s in 5 steps, radau 2
`);
  const solver = DifferentiableSolver.compile(problem);
  const parameters = Float64Array.from(problem.parameters, ({ value }) => value);
  const weights = [1, -2, 0.5, 3, 1];
  const solve = (at: Float64Array) =>
    expect(
      solver.solve({ parameters: at, initial: Float64Array.of(Number.NaN) }, { tolerance: 1e-11, tau: 1e-3 }).status,
    ).toBe('converged');

  it('has a column for each, adjoint and forward the same', () => {
    solve(parameters);
    const forward = solver.sensitivities();
    expect(forward.columns).toHaveLength(6 + 1 + 1);
    const count = forward.columns.length;
    const expected = forward.columns.map((_, j) =>
      weights.reduce((sum, weight, k) => sum + weight * forward.du[k * count + j], 0),
    );
    expect(distance(solver.adjoint({ u: weights }).gradient, expected)).toBeLessThan(1e-9);
  });

  it('has the Hessian of differences, duration and stages among them', () => {
    solve(parameters);
    const { columns, hessian } = solver.valueDerivatives();
    const step = 1e-5;
    parameters.forEach((_, j) => {
      const [above, below] = [step, -step].map((by) => {
        solve(parameters.map((p, i) => (i === j ? p + by : p)));
        return solver.valueDerivatives().gradient;
      });
      const row = hessian.slice(j * columns.length, (j + 1) * columns.length);
      const expected = above.map((value, i) => (value - below[i]) / (2 * step));
      expect(distance(row, expected), columns[j]).toBeLessThan(1e-6);
    });
  });
});
