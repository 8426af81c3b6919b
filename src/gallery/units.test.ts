/** The same problem in other units of force, length and cost has the same solution in those units. */
import { describe, expect, it } from 'vitest';
import { DifferentiableSolver } from '../sensitivity';
import type { Solution } from '../solver';
import { problemOf } from './testing/compiled';

/** The swing-up with forces in units of `force` N, lengths in units of 1/`length` m, and `cost` times the cost. */
const text = (force: number, length: number, cost: number): string => `
  constant unit = ${length}
  state p = 0
  state theta = pi
  state v = 0
  state omega = 0
  control F in [-80/${force}, 80/${force}]
  let N = F*${force}
  let d = 1.1 - 0.1*cos(theta)^2
  dynamics
    p' = v
    theta' = omega
    v' = unit*(-0.08*sin(theta)*omega^2 + 0.981*cos(theta)*sin(theta) + N)/d
    omega' = (-0.08*cos(theta)*sin(theta)*omega^2 + N*cos(theta) + 10.791*sin(theta))/(0.8*d)
  minimize
    integral ${cost}*(2e3*(p/unit)^2 + 2e3*theta^2 + 2e-2*(v/unit)^2 + 2e-2*omega^2 + 2e-2*N^2)
    terminal ${cost}*(2e3*(p/unit)^2 + 2e3*theta^2 + 2e-2*(v/unit)^2 + 2e-2*omega^2)
  horizon 1 s in 20 steps, rk4
  guess theta from pi to 0`;

function solve(force: number, length: number, cost: number): Solution {
  return DifferentiableSolver.compile(problemOf(text(force, length, cost))).solve({
    parameters: new Float64Array(0),
    initial: new Float64Array(4).fill(Number.NaN),
  });
}

describe('the swing-up', () => {
  const plain = solve(1, 1, 1);

  it.each([
    [1e-3, 1, 1],
    [1e3, 1, 1],
    [1e6, 1, 1],
    [1, 1e-3, 1],
    [1, 1, 1e6],
    [1e3, 1e-3, 1e6],
    [1e6, 1e-3, 1e6],
  ])('forces in %d N, lengths in 1/%d m, %d times the cost', (force, length, cost) => {
    const { status, iterations, objective, x, u } = solve(force, length, cost);
    expect(status).toBe('converged');
    expect(iterations).toBeLessThan(3 * plain.iterations);
    expect(objective / cost).toBeCloseTo(plain.objective, 4);
    expect(u.length).toBe(20);
    u.forEach((value, k) => {
      expect(value * force).toBeCloseTo(plain.u[k], 3);
    });
    x.forEach((value, i) => {
      expect(value / (i % 4 === 0 || i % 4 === 2 ? length : 1)).toBeCloseTo(plain.x[i], 4);
    });
  });
});
