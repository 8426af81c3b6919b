/** Problems without an answer: they must be told apart, and never pass as solved. */
import { describe, expect, it } from 'vitest';
import { compileText } from '../../language';
import { DifferentiableSolver } from '../../sensitivity';
import type { Solution } from '../../solver';

function solve(text: string): Solution {
  const compiled = compileText(text);
  expect(compiled.diagnostics).toEqual([]);
  if (!compiled.ok) throw new Error('does not compile');
  const { parameters, states } = compiled.problem;
  return DifferentiableSolver.compile(compiled.problem).solve({
    parameters: Float64Array.from(parameters, ({ value }) => value),
    initial: new Float64Array(states.length).fill(Number.NaN),
  });
}

const mass = `
state x = -2
state v = 0
control u
dynamics
  x+ = x + h*v + h^2/2*u
  v+ = v + h*u
horizon 30*h s in 30 steps
guess
  x from -2 to 0
`;

// 30 steps of 0.1 s with |u| <= 1 reach at most x = 2.5.
const outOfReach = `
parameter h     = 0.1
parameter u_max = 1
${mass}
minimize
  integral 0.5*(x^2 + 0.1*v^2 + 0.05*u^2)
  terminal 0.5*(20*x^2 + 20*v^2)
subject to
  input: -u_max <= u <= u_max
  arrive at end: x == 5
`;

// The cost falls without limit along growing u.
const unbounded = `
parameter h     = 0.1
parameter u_max = 1
parameter r     = 10
${mass}
minimize
  sum x^2 - r*u^2
  terminal -u_max*x
`;

// The flow out of the tank is the root of a level that the guess makes negative.
const tank = (guess: string) => `
parameter c      = 0.5
parameter target = 1
parameter r      = 0.1
state level = 2
control inflow in [0, 1]
dynamics
  level' = inflow - c*sqrt(level)
minimize
  integral 0.5*(level - target)^2 + 0.5*r*inflow^2
horizon 5 s in 20 steps, rk4
guess
  level = ${guess}
`;

describe('a problem without an answer', () => {
  it('is infeasible where a terminal constraint is out of reach', () => {
    expect(solve(outOfReach).status).toBe('infeasible');
  });

  it('diverges where the cost has no minimum', () => {
    expect(solve(unbounded).status).toBe('diverging');
  });

  it('is not a number where the guess is outside the domain of an expression, and solved from a better one', () => {
    expect(solve(tank('-1')).status).toBe('not-a-number');
    expect(solve(tank('1')).status).toBe('converged');
  });
});
