/** Closed loop: starts that are shifted by a stage, and real-time iterations that carry their multipliers along. */
import { describe, expect, it } from 'vitest';
import { DifferentiableSolver } from '../sensitivity';
import type { Inputs, MethodOptions, Solution } from '../solver';
import { exampleProblem } from './testing/example';

function compile(name: string, options: Partial<MethodOptions> = {}): { solver: DifferentiableSolver; inputs: Inputs } {
  const problem = exampleProblem(name);
  const parameters = Float64Array.from(problem.parameters, ({ value }) => value);
  const initial = new Float64Array(problem.states.length).fill(Number.NaN);
  return { solver: DifferentiableSolver.compile(problem, options), inputs: { parameters, initial } };
}

/** The state that the model predicts for the next sample. */
function following({ solver, inputs }: ReturnType<typeof compile>, { x }: Solution): Inputs {
  const nx = solver.problem.states.length;
  return { ...inputs, initial: x.slice(nx, 2 * nx) };
}

const difference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] as number))), 0);

describe.each(['pendulum-swing-up', 'chain-3-masses', 'soft-constraint'])('%s, sample by sample', (name) => {
  it('is solved from the shifted last solution in fewer iterations than afresh, at the same solutions', () => {
    const [warm, cold] = [compile(name), compile(name)];
    let solution = warm.solver.solve(warm.inputs);
    const total = { shifted: 0, afresh: 0 };
    for (let sample = 0; sample < 10; sample++) {
      const inputs = following(warm, solution);
      solution = warm.solver.solve(inputs, {}, { warm: true, shift: true });
      const afresh = cold.solver.solve(inputs, {}, { guess: solution });
      expect([solution.status, afresh.status]).toEqual(['converged', 'converged']);
      expect(difference(solution.u, afresh.u)).toBeLessThan(1e-4);
      total.shifted += solution.iterations;
      total.afresh += cold.solver.solve(inputs).iterations;
    }
    expect(total.shifted).toBeLessThan(total.afresh);
  });
});

describe('a start one stage on', () => {
  const run = compile('pendulum-swing-up');
  const { solver, inputs } = run;
  const [nx, nu, N] = [solver.problem.states.length, solver.problem.controls.length, solver.problem.horizon.steps];
  const solution = solver.solve(inputs);
  const begin = { maxIterations: 0 };

  it.each([
    ['a guess', { guess: solution }],
    ['a point near a solution', { near: solution }],
  ] as const)('is %s with every stage the next, and the last twice', (_, start) => {
    const shifted = solver.solve(following(run, solution), begin, { ...start, shift: true, once: true });
    const expected = [...solution.x.subarray(nx), ...solution.x.subarray(N * nx)];
    const tail = (values: ArrayLike<number>) => Array.from(values).slice(nx, N * nx);
    // The start is kept inside the bounds by a margin; where it is off by more it is not this start.
    tail(shifted.x).forEach((value, i) => {
      expect(Math.abs(value - (tail(expected)[i] as number))).toBeLessThan(0.05);
    });
    expect(difference(shifted.u.subarray(0, (N - 1) * nu), solution.u.subarray(nu))).toBeLessThan(0.81);
  });
});

describe('real-time iterations', () => {
  it('carry their multipliers along: one step a sample settles on the solution', () => {
    const rti = compile('pendulum-swing-up', { method: 'rti', hessian: 'gauss-newton' });
    const reference = compile('pendulum-swing-up').solver.solve(rti.inputs);
    let solution = rti.solver.solve(rti.inputs, {}, { guess: reference });
    expect(solution.iterations).toBe(1);
    for (let sample = 0; sample < 20 && solution.status !== 'converged'; sample++) {
      solution = rti.solver.solve(rti.inputs, {}, { warm: true });
      expect(solution.iterations).toBeLessThanOrEqual(1);
    }
    expect(solution.status).toBe('converged');
    expect(difference(solution.u, reference.u)).toBeLessThan(1e-5);
    expect(difference(solution.costates, reference.costates)).toBeLessThan(1e-3);
  });

  it('hold the pendulum up along its model', () => {
    const rti = compile('pendulum-swing-up', { method: 'rti', hessian: 'gauss-newton' });
    const planned = compile('pendulum-swing-up').solver.solve(rti.inputs);
    let solution = rti.solver.solve(rti.inputs, {}, { near: planned });
    for (let sample = 0; sample < 80; sample++)
      solution = rti.solver.solve(following(rti, solution), {}, { warm: true, shift: true });
    for (const value of solution.x.subarray(0, 4)) expect(Math.abs(value)).toBeLessThan(0.02);
  });
});
