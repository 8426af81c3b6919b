/** What is said where algebraic equations or implicit steps have no solution. */
import { describe, expect, it } from 'vitest';
import { DifferentiableSolver } from '../sensitivity';
import type { MethodOptions, Solution } from '../solver';
import { gallery } from '.';
import { problemOf } from './testing/compiled';

function solve(text: string, initial: readonly number[], options: Partial<MethodOptions> = {}): Solution {
  const problem = problemOf(text);
  const parameters = Float64Array.from(problem.parameters, ({ value }) => value);
  const inputs = { parameters, initial: Float64Array.from(initial) };
  // What is said is not to depend on how busy the machine is.
  return DifferentiableSolver.compile(problem, options).solve(inputs, { timeLimitMs: 60_000 });
}

describe('b + 2 K b^2 = total has no solution below total = -1/(8 K) = -0.25', () => {
  const text = gallery.find(({ name }) => name === 'reactor-equilibrium')?.text ?? '';

  it.each([{ method: 'interior-point' }, { method: 'sqp' }, { method: 'sqp', hessian: 'gauss-newton' }] as const)(
    'which $method $hessian says, with the equation and the stage',
    (options) => {
      expect(solve(text, [0.5, -0.24], options).status).toBe('converged');
      for (const total of [-0.26, -0.3, -0.5]) {
        const { status, message } = solve(text, [0.5, total], options);
        expect(status).toBe('not-a-number');
        expect(message).toContain('0 = c - K*(b*b) has no solution at stage 0');
      }
    },
  );

  it('is said of a stage that is led there as well', () => {
    const { status, message } = solve(text, [-0.3, -0.24]);
    expect(status).toBe('not-a-number');
    expect(message).toContain('has no solution at stage 1');
  });
});

/** x' = x^2 + 1 by the backward Euler method: x+ = x + h (x+^2 + 1) has a real solution for small h and x only. */
const explosive = (duration: number): string => `
state x = 0
control u in [-0.1, 0.1]
dynamics
  x' = x^2 + 1 + u
minimize
  integral u^2
horizon ${duration} s in 2 steps, radau 1
`;

describe('an implicit step without a solution', () => {
  it('is named', () => {
    expect(solve(explosive(0.4), [0]).status).toBe('converged');
    const { status, message } = solve(explosive(4), [0]);
    expect(status).toBe('not-a-number');
    expect(message).toContain('the implicit step from stage 0');
  });
});

describe('an algebraic equation that is not a number', () => {
  it('is named', () => {
    const { status, message } = solve(
      `
state x = -1
algebraic y = 1
control u in [-1, 1]
dynamics
  x' = u
  0 = y - sqrt(x)
minimize
  integral u^2 + y^2
horizon 1 s in 4 steps, radau 1
`,
      [-1],
    );
    expect(status).toBe('not-a-number');
    expect(message).toContain('the algebraic equation 0 = y - sqrt(x) at stage 0');
  });
});
