/** Derivatives are those of the solution, whichever method has found it. */
import { describe, expect, it } from 'vitest';
import { distance } from '../../problem/testing';
import { DifferentiableSolver } from '../../sensitivity';
import type { MethodOptions } from '../../solver';
import { problemOf } from '../testing/compiled';

const text = `
parameter goal = 0.9
parameter length = 0.7
parameter price = 2
state angle = 0.4
state rate = 0
control torque in [-2.5, 2.5]
dynamics
  angle' = rate
  rate' = torque - sin(angle)/length
minimize
  integral 4*(angle - goal)^2 + 0.05*torque^2 + 0.1*rate^2
  terminal 10*(angle - goal)^2
subject to
  slow on 1..12: rate <= 0.6 soft(l1 = price, l2 = 1)
horizon 2 s in 12 steps, rk4
`;

const problem = problemOf(text);
const parameters = Float64Array.from(problem.parameters, ({ value }) => value);

function derivatives(options: Partial<MethodOptions>) {
  const solver = DifferentiableSolver.compile(problem, options);
  const inputs = { parameters, initial: new Float64Array(2).fill(Number.NaN) };
  const solution = solver.solve(inputs, { tolerance: 1e-10, maxIterations: 300 });
  expect(solution.status).toBe('converged');
  const { dx, du, dcostates, dobjective, dconstraints, valid } = solver.sensitivities();
  expect(valid).toBe(true);
  const weights = Float64Array.from(solution.u, (_, i) => Math.cos(i));
  return {
    forward: [dx, du, dcostates, dobjective].flatMap((part) => [...part]),
    multipliers: dconstraints.flatMap(({ lower, upper }) => [...(lower ?? []), ...(upper ?? [])]),
    adjoint: solver.adjoint({ u: weights }).gradient,
    hessian: solver.valueDerivatives().hessian,
    gain: solver.feedback().gain,
  };
}

describe('sensitivities at the end of', () => {
  const expected = derivatives({ method: 'interior-point' });
  it.each([
    { method: 'sqp', hessian: 'exact' },
    { method: 'sqp', hessian: 'gauss-newton' },
  ] as const)('$method with the $hessian Hessian are those at the end of the interior point method', (options) => {
    const found = derivatives(options);
    for (const key of ['forward', 'multipliers', 'adjoint', 'hessian', 'gain'] as const)
      expect(distance(found[key], expected[key]), key).toBeLessThan(1e-7);
  });
});
