/** Ranges of the active set against re-solved problems: nothing changes just inside, what was said does just outside. */
import { describe, expect, it } from 'vitest';
import { changesBetween, DifferentiableSolver } from '../../sensitivity';
import type { Solution } from '../../solver';
import { problemOf } from '../testing/compiled';

/** Linear dynamics and a quadratic cost: within a range the prediction by a parameter that enters linearly is exact. */
const text = `
parameter goal = 1
parameter push = 0.6
parameter fence = 0.72
parameter price = 0.4
state x = 0
state v = 0
control u in [-push, push]
dynamics
  x' = v
  v' = u
minimize
  integral (x - goal)^2 + 0.1*u^2
  terminal (x - goal)^2
subject to
  wall on 4..10: x <= fence
  slow on 1..10: v <= 0.45 soft(l1 = price, l2 = 0.5)
horizon 3 s in 10 steps, rk4
`;

const problem = problemOf(text);
const solver = DifferentiableSolver.compile(problem);
const nominal = Float64Array.from(problem.parameters, ({ value }) => value);
const columns = [...problem.parameters.map(({ name }) => name), 'x0.x', 'x0.v'];

function at(column: string, change: number): Solution {
  const j = columns.indexOf(column);
  const parameters = nominal.slice();
  const initial = new Float64Array(2).fill(Number.NaN);
  if (j < parameters.length) parameters[j] += change;
  else initial[j - parameters.length] = change;
  const solution = solver.solve({ parameters, initial }, { tolerance: 1e-11 });
  expect(solution.status).toBe('converged');
  return solution;
}

const here = at('goal', 0);
const ranges = solver.ranges();
const again = solver.ranges();
const withValidity = solver.validity().ranges;
const ends = ranges.flatMap(({ column, down, up, downEvent, upEvent }) => [
  { column, way: 'down', change: -down, event: downEvent },
  { column, way: 'up', change: up, event: upEvent },
]);

describe('the range in which the active set stays', () => {
  it('is told for every column, and has constraints of every kind at its ends', () => {
    expect(ranges.map(({ column }) => column)).toEqual(columns);
    const events = ends.flatMap(({ event }) => (event ? [event] : []));
    expect(new Set(events.map(({ becomes }) => becomes))).toEqual(new Set(['active', 'inactive']));
    for (const name of ['u', 'slow']) expect(events.map(({ constraint }) => constraint)).toContain(name);
    for (const { change, event } of ends) expect(Number.isFinite(change)).toBe(event !== null);
  });

  it('is worked out once for a solution, and anew for the next', () => {
    expect(again).toBe(ranges);
    expect(withValidity).toBe(ranges);
    at('goal', 0.01);
    expect(solver.ranges()).not.toEqual(ranges);
  });

  it.each(ends.filter(({ event }) => event !== null))('of $column $way: $event', ({ column, change, event }) => {
    expect(changesBetween(here, at(column, 0.97 * change))).toEqual([]);
    expect(changesBetween(here, at(column, 1.03 * change))).toContainEqual(event);
  });
});
