/**
 * Problems at the edge of what is well posed: without controls, with one step, with constraints that say the same twice,
 * with variables that bounds fix, in units that are a million times too large or too small. Each is solved, to what the
 * same problem has without the oddity, or what is wrong with it is said.
 */
import { describe, expect, it } from 'vitest';
import { DifferentiableSolver } from '../sensitivity';
import type { Solution } from '../solver';
import { gallery } from '.';
import { problemOf } from './testing/compiled';

interface Pendulum {
  readonly unit?: string;
  readonly price?: string;
  readonly steps?: number;
  readonly bound?: string;
  readonly constraints?: readonly string[];
}

/** An inverted pendulum brought upright, angles in `unit`, its cost times `price`. */
const pendulum = ({ unit = '1', price = '1', steps = 20, bound = '2', constraints = [] }: Pendulum = {}): string => `
parameter start = 1
constant unit = ${unit}
state theta = start*unit
state omega = 0
control u in [-${bound}*unit, ${bound}*unit]
dynamics
  theta' = omega
  omega' = unit*sin(theta/unit) + u
minimize
  integral ${price}*((theta/unit)^2 + 0.1*(u/unit)^2)
  terminal ${price}*(theta/unit)^2
subject to
  slow: omega >= -0.4*unit
  at end: omega == 0
  ${constraints.join('\n  ')}
horizon 2 in ${steps} steps, rk4
`;

function solver(text: string): { solve(): Solution; differentiable: DifferentiableSolver } {
  const problem = problemOf(text);
  const differentiable = DifferentiableSolver.compile(problem);
  const inputs = {
    parameters: Float64Array.from(problem.parameters, ({ value }) => value),
    initial: new Float64Array(problem.states.length).fill(Number.NaN),
  };
  return { solve: () => differentiable.solve(inputs), differentiable };
}

function solved(text: string): Solution {
  const solution = solver(text).solve();
  expect(solution.status).toBe('converged');
  return solution;
}

const plain = solver(pendulum()).solve();
const gap = (a: Float64Array, b: Float64Array, unit = 1): number =>
  Math.max(...a.map((value, i) => Math.abs(value / unit - b[i])));

describe('the solution stays what it is', () => {
  it.each<[string, Pendulum]>([
    ['with a bound given twice', { constraints: ['again: omega >= -0.4', 'scaled: -3*omega <= 1.2'] }],
    ['with an equality given twice', { constraints: ['rest at end: 2*omega == 0'] }],
    ['with a soft bound where there is a hard one', { constraints: ['soft: omega >= -0.4 soft(l1 = 10, l2 = 100)'] }],
    ['with huge bounds', { constraints: ['wide: -1e10 <= theta <= 1e10'] }],
    ['with a curved form of the bound', { constraints: ['curved: exp(omega) >= exp(-0.4)'] }],
  ])('%s', (_, oddity) => {
    const { x, u } = solved(pendulum(oddity));
    expect(gap(x, plain.x)).toBeLessThan(1e-6);
    expect(gap(u, plain.u)).toBeLessThan(1e-5);
  });

  it.each([1e6, 1e-3])('in units that are %d times as large', (unit) => {
    const { x } = solved(pendulum({ unit: String(unit) }));
    expect(gap(x, plain.x, unit)).toBeLessThan(1e-4);
  });

  it.each([1e6, 1e-3])('with a cost that is %d times as large', (price) => {
    const { x } = solved(pendulum({ price: String(price) }));
    expect(gap(x, plain.x)).toBeLessThan(1e-4);
  });
});

describe('what is given twice', () => {
  it('has no multipliers of its own, and derivatives of none are claimed', () => {
    const { solve, differentiable } = solver(pendulum({ constraints: ['rest at end: 2*omega == 0'] }));
    expect(solve().status).toBe('converged');
    const { valid, reason } = differentiable.sensitivities();
    expect(valid).toBe(false);
    expect(reason).toContain('LICQ fails');
  });
});

describe('what is fixed, missing or alone', () => {
  it('is a control between bounds that meet', () => {
    const { u } = solved(pendulum({ constraints: ['fixed on 3..5: 0.3 <= u <= 0.3'] }));
    for (const k of [3, 4, 5]) expect(u[k]).toBeCloseTo(0.3, 6);
  });

  it('is a single step', () => {
    const { u } = solved(`
state x = 1
control u
dynamics
  x+ = x + u
minimize
  sum u^2
  terminal x^2
horizon 1 in 1 steps
`);
    expect(u[0]).toBeCloseTo(-0.5, 10);
  });

  it('are controls: a rate is fitted', () => {
    const { x } = solved(`
state x = 1
state rate free
dynamics
  x' = -rate*x
  rate' = 0
minimize
  sum (x - exp(-0.5*time))^2
horizon 2 in 20 steps, rk4
`);
    expect(x[1]).toBeCloseTo(0.5, 5);
  });

  it('is a cost: any point that meets the constraints will do', () => {
    const { kkt } = solved(`
state x = 1
state v = 0
control u in [-2, 2]
dynamics
  x' = v
  v' = u
minimize
  terminal 0
subject to
  there at end: x == 0
  rest at end: v == 0
horizon 2 in 20 steps, rk4
`);
    expect(kkt.feasibility).toBeLessThan(1e-8);
  });

  it('is the effect of a parameter: its derivative is zero', () => {
    const { solve, differentiable } = solver(
      pendulum().replace('parameter start', 'parameter idle = 3\nparameter start'),
    );
    expect(solve().status).toBe('converged');
    const { columns, dobjective } = differentiable.sensitivities();
    expect(dobjective[columns.indexOf('idle')]).toBe(0);
  });
});

describe('what cannot be solved', () => {
  const integrator = (constraints: string, minimum = 'integral u^2'): string => `
state x = 0
control u in [-1, 1]
dynamics
  x' = u
minimize
  ${minimum}
subject to
  ${constraints}
horizon 1 in 10 steps, rk4
`;

  it.each([
    ['a goal out of reach', integrator('there at end: x >= 3'), 'there at stage 10'],
    ['two goals', integrator('a at end: x == 0.3\n  b at end: x == 0.4'), 'at stage 10'],
  ])('is infeasible with %s', (_, text, where) => {
    const { status, message } = solver(text).solve();
    expect(status).toBe('infeasible');
    expect(message).toContain(where);
  });

  it('diverges without a bound', () => {
    const unbounded = integrator('idle: x <= 1e30', 'integral -u').replace(' in [-1, 1]', '');
    expect(solver(unbounded).solve().status).toBe('diverging');
  });

  it('is a reactor that runs away faster than its steps can follow, and the dynamics are named', () => {
    const text = gallery.find(({ name }) => name === 'cstr')?.text ?? '';
    const hot = text.replace('T0       = 350', 'T0 = 365').replace('EbR      = 8750', 'EbR = 8500');
    const { status, message } = solver(hot).solve();
    expect(status).toBe('infeasible');
    expect(message).toContain('the dynamics of');
  });
});
