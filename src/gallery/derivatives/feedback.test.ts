/** The local feedback law: Riccati's gain where the problem is linear-quadratic, differences where it is not. */
import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { distance } from '../../problem/testing';
import { DifferentiableSolver } from '../../sensitivity';
import { problemOf } from '../testing/compiled';

function solverOf(text: string): DifferentiableSolver {
  return DifferentiableSolver.compile(problemOf(text));
}

function solve(solver: DifferentiableSolver, initial: readonly number[]): Float64Array {
  const parameters = Float64Array.from(solver.problem.parameters, ({ value }) => value);
  const solution = solver.solve({ parameters, initial: Float64Array.from(initial) }, { tolerance: 1e-11 });
  expect(solution.status).toBe('converged');
  return solution.u;
}

describe('the feedback law', () => {
  it("of a linear-quadratic problem is Riccati's", () => {
    const N = 15;
    const solver = solverOf(`
parameter A = [1, 0.2; -0.3, 0.9]
state x[2] = [1; -0.5]
control u[2]
dynamics
  x+ = A*x + [0.1, 0; 0.3, 0.5]*u
minimize
  sum 2*x[1]^2 + x[2]^2 + 0.4*u[1]^2 + 0.3*u[2]^2
  terminal 5*x[1]^2 + 3*x[2]^2
horizon ${N} s in ${N} steps
`);
    solve(solver, [Number.NaN, Number.NaN]);
    const A = new Matrix([
      [1, 0.2],
      [-0.3, 0.9],
    ]);
    const B = new Matrix([
      [0.1, 0],
      [0.3, 0.5],
    ]);
    const [Q, R] = [Matrix.diag([4, 2]), Matrix.diag([0.8, 0.6])];
    let P: Matrix = Matrix.diag([10, 6]);
    let K = Matrix.zeros(2, 2);
    for (let k = 0; k < N; k++) {
      const BP = B.transpose().mmul(P);
      K = inverse(Matrix.add(R, BP.mmul(B)))
        .mmul(BP.mmul(A))
        .neg();
      P = Matrix.add(
        Q,
        A.transpose()
          .mmul(P)
          .mmul(Matrix.add(A, B.mmul(K))),
      );
    }
    const { gain, controls, states, valid } = solver.feedback();
    expect(valid).toBe(true);
    expect([controls, states]).toEqual([
      ['u[1]', 'u[2]'],
      ['x[1]', 'x[2]'],
    ]);
    expect(distance(gain, K.to1DArray())).toBeLessThan(1e-10);
  });

  it('of a bounded pendulum is the differences of its first control, in the states that are given', () => {
    const solver = solverOf(`
parameter length = 0.7
state angle = 0.5
state memory free
state rate = 0.1
control torque in [-2, 2]
dynamics
  angle' = rate
  memory' = angle - memory
  rate' = torque - sin(angle)/length
minimize
  integral 5*angle^2 + rate^2 + 0.1*torque^2 + memory^2
horizon 2 s in 10 steps, rk4
`);
    solve(solver, [0.5, Number.NaN, 0.1]);
    const { gain, states, controls } = solver.feedback();
    expect([states, controls]).toEqual([['angle', 'rate'], ['torque']]);
    const step = 1e-5;
    const rates = [0, 2].map((i) => {
      const [above, below] = [step, -step].map((by) => {
        const initial = [0.5, Number.NaN, 0.1];
        initial[i] += by;
        return solve(solver, initial)[0];
      });
      return (above - below) / (2 * step);
    });
    expect(Math.abs(rates[0])).toBeGreaterThan(0.1);
    expect(distance(gain, rates)).toBeLessThan(1e-7);
  });
});
