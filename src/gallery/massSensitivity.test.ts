/**
 * The policy gradient of pendulum-mass-sensitivity, dF_0/dM over M = 1.05 to 1.4: at every barrier value the derivative
 * of the first force, but where the active set changes, and where it does is known.
 */
import { describe, expect, it } from 'vitest';
import { changesBetween, DifferentiableSolver } from '../sensitivity';
import type { Solution } from '../solver';
import { exampleProblem } from './testing/example';

const problem = exampleProblem('pendulum-mass-sensitivity');
const solver = DifferentiableSolver.compile(problem);
const nominal = Float64Array.from(problem.parameters, ({ value }) => value);
const mass = problem.parameters.findIndex(({ name }) => name === 'M');
const masses = Array.from({ length: 15 }, (_, i) => 1.05 + 0.025 * i);
const step = 1e-5;

function solve(value: number, tau: number | null, guess?: Solution): Solution {
  const parameters = nominal.slice();
  parameters[mass] = value;
  const inputs = { parameters, initial: new Float64Array(4).fill(Number.NaN) };
  const solution = solver.solve(inputs, { tolerance: 1e-9, tau }, guess ? { guess } : {});
  expect(solution.status).toBe('converged');
  return solution;
}

interface Point {
  readonly solution: Solution;
  readonly gradient: number;
  readonly difference: number;
  readonly isSmooth: boolean;
}

/** Along the interval, each solve from the one before, so that it stays in one minimum. */
function curve(tau: number | null): Point[] {
  let solution: Solution | undefined;
  return masses.map((value) => {
    solution = solve(value, tau, solution);
    const { du, columns, valid } = solver.sensitivities();
    const gradient = du[columns.indexOf('M')];
    const [above, below] = [step, -step].map((by) => solve(value + by, tau, solution));
    const isSmooth = valid && changesBetween(below, above).length === 0;
    return { solution, gradient, difference: (above.u[0] - below.u[0]) / (2 * step), isSmooth };
  });
}

const sharp = curve(null);

describe('the policy gradient over the mass of the cart', () => {
  it.each([
    ['of the solution', sharp],
    ['smoothed by tau = 1', curve(1)],
    ['smoothed by tau = 10', curve(10)],
    ['smoothed by tau = 100', curve(100)],
  ])('%s is the difference of the first force', (_, points) => {
    const largest = Math.max(...points.map(({ gradient }) => Math.abs(gradient)));
    expect(largest).toBeGreaterThan(1);
    const smooth = points.filter(({ isSmooth }) => isSmooth);
    expect(smooth.length).toBeGreaterThan(10);
    for (const { gradient, difference } of smooth) expect(Math.abs(gradient - difference)).toBeLessThan(1e-4 * largest);
  });

  it('has kinks where force and rail become active or inactive on the way', () => {
    const changes = sharp.slice(1).flatMap(({ solution }, i) => changesBetween(sharp[i].solution, solution));
    expect(new Set(changes.map(({ constraint }) => constraint))).toEqual(new Set(['force', 'rail']));
    expect(new Set(changes.map(({ becomes }) => becomes))).toEqual(new Set(['active', 'inactive']));
  });
});
