/** Constraints that depend on one another: solved all the same, and refused where derivatives are concerned. */
import { describe, expect, it } from 'vitest';
import { DifferentiableSolver } from '../../sensitivity';
import { problemOf } from '../testing/compiled';

const text = (state: string, constraints: string): string => `
parameter a = 1
state ${state}
state v = 0
control u in [-3, 3]
dynamics
  x' = v
  v' = u
minimize
  integral (x - a)^2 + 0.1*u^2
subject to
  ${constraints}
horizon 2 s in 8 steps, rk4
`;

function solved(source: string, tau: number | null = null): DifferentiableSolver {
  const solver = DifferentiableSolver.compile(problemOf(source));
  const inputs = { parameters: Float64Array.of(1), initial: new Float64Array(2).fill(Number.NaN) };
  expect(solver.solve(inputs, { tolerance: 1e-9, tau }).status).toBe('converged');
  return solver;
}

const given = text('x = 0', 'slow: v <= 100');
const asTwo = text('x free', 'least at start: x >= 0\n  most at start: x <= 0');

describe('LICQ fails', () => {
  it.each([
    ['an initial value written as two inequalities', asTwo, ['side of least at stage 0', 'side of most at stage 0']],
    [
      'a bound stated twice',
      text('x = 0', 'one on 1..7: u <= 0.5\n  two on 1..7: u <= 0.5'),
      ['side of one at stage 1', 'side of two at stage 1'],
    ],
    [
      'an inequality in other words',
      text('x = 0', 'one: x <= 0.5\n  two: 2*x <= 1'),
      ['upper side of one', 'upper side of two'],
    ],
    [
      'an equality stated twice',
      text('x = 0', 'one at end: x == 1\n  two at end: 2*x == 2'),
      ['one at stage 8', 'two at stage 8'],
    ],
  ])('with %s, and the constraints are named', (_, source, names) => {
    const solver = solved(source);
    const found = [
      solver.sensitivities(),
      solver.adjoint({ objective: 1 }),
      solver.valueDerivatives(),
      solver.feedback(),
      solver.validity(),
    ];
    for (const { valid, reason } of found) {
      expect(valid).toBe(false);
      expect(reason).toContain('LICQ fails');
      expect(reason).toContain('State each of them once');
      for (const name of names) expect(reason).toContain(name);
    }
    expect(solver.validity().licq).toBeLessThan(1e-10);
  });

  it('across stages, as the whole Jacobian shows', () => {
    // The sum of the controls decides where v ends, and both are given.
    const source = text('x = 0', 'pushed on 0..7: u == 0.25\n  arrived at end: v == 0.5');
    const { valid, reason, licq } = solved(source).validity();
    expect(licq).toBeLessThan(1e-10);
    expect(valid).toBe(false);
    expect(reason).toContain('LICQ fails: the constraints that hold with equality depend on one another');
  });

  it.each([
    ['an initial value', given],
    ['one equality', text('x free', 'start at start: x == 0')],
    ['both sides of one constraint in one', text('x free', 'start at start: 0 <= x <= 0')],
    [
      'soft constraints that are violated together',
      text('x = 0', 'one: x <= 0.2 soft(l1 = 0.01, l2 = 1)\n  two: 2*x <= 0.5 soft(l1 = 0.01, l2 = 1)'),
    ],
  ])('not with %s', (_, source) => {
    const { valid, reason } = solved(source).validity();
    expect(reason).toBe('');
    expect(valid).toBe(true);
  });

  it('not where the barrier decides: along the central path multipliers are unique', () => {
    expect(solved(asTwo, 1e-3).validity()).toMatchObject({ valid: true, reason: '' });
  });
});
