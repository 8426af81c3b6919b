/** Solvers that are used again for texts with other numbers. */
import { describe, expect, it } from 'vitest';
import { structureOf } from '../problem';
import { distance } from '../problem/testing';
import { DifferentiableSolver, SolverCache } from '../sensitivity';
import { gallery } from '.';
import { problemOf } from './testing/compiled';

const text = `
parameter m = 1 in [0.5, 2]
state p = 1.5
state v = 0
control F in [-3, 3]
dynamics
  p' = v
  v' = F/m - 0.7*v^3
minimize
  integral 2e2*p^2 + 0.1*v^2 + 0.01*F^2
  terminal 8*p^2 + v^2
subject to
  power: F*v <= 2
  slow:  v <= 1.2 soft(l1 = 10, l2 = 100)
horizon 2 s in 12 steps, rk4
guess v from 0 to 0.1
`;

/** The text with one passage exchanged. */
function edited([from, to]: readonly [string, string]): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}

function solve(solver: DifferentiableSolver) {
  const parameters = Float64Array.from(solver.problem.parameters, ({ value }) => value);
  const initial = new Float64Array(solver.problem.states.length).fill(Number.NaN);
  const solution = solver.solve({ parameters, initial });
  return { solution, sensitivities: solver.sensitivities(), gradient: solver.valueDerivatives().gradient };
}

function expectAgreement(a: ReturnType<typeof solve>, b: ReturnType<typeof solve>): void {
  expect(a.solution.status).toBe(b.solution.status);
  expect(a.solution.iterations).toBe(b.solution.iterations);
  expect(distance([a.solution.objective], [b.solution.objective])).toBeLessThan(1e-10);
  for (const key of ['x', 'u', 'costates'] as const)
    expect(distance(a.solution[key], b.solution[key]), key).toBeLessThan(1e-8);
  for (const key of ['dx', 'du'] as const)
    expect(distance(a.sensitivities[key], b.sensitivities[key]), key).toBeLessThan(1e-6);
  expect(distance(a.gradient, b.gradient)).toBeLessThan(1e-8);
}

describe('a problem of another number', () => {
  it.each([
    ['m = 1 in', 'm = 1.3 in'],
    ['[0.5, 2]', '[0.2, 4]'],
    ['p = 1.5', 'p = 0'],
    ['v = 0\n', 'v = -0.5\n'],
    ['[-3, 3]', '[-2.5, 7]'],
    ['0.7*', '0.3*'],
    ['2e2*', '77*'],
    ['8*p', '12*p'],
    ['<= 2', '<= 1.1'],
    ['<= 1.2 soft', '<= 0.9 soft'],
    ['l2 = 100', 'l2 = 250'],
    ['horizon 2', 'horizon 1'],
    ['0 to 0.1', '0.4 to 0.1'],
  ] as const)('is solved by the solver that is there: %s becomes %s', (...edit) => {
    const solvers = new SolverCache();
    const first = solvers.solverFor(problemOf(text));
    const before = solve(first);
    const problem = problemOf(edited(edit));
    const second = solvers.solverFor(problem);
    expect(second === first).toBe(true);
    expect(second.problem === problem).toBe(true);
    expectAgreement(solve(second), solve(DifferentiableSolver.compile(problem)));
    expectAgreement(solve(solvers.solverFor(problemOf(text))), before);
  });

  it.each([
    ['v^3', 'v^2'],
    ['0.7*', '0*'],
    ['12 steps', '13 steps'],
    ['rk4', 'rk2'],
    ['power:', 'force:'],
    ['<= 2', '== 2'],
  ] as const)('has a solver of its own where its structure is another: %s becomes %s', (...edit) => {
    const solvers = new SolverCache();
    const first = solvers.solverFor(problemOf(text));
    expect(solvers.solverFor(problemOf(edited(edit))) === first).toBe(false);
    expect(solvers.solverFor(problemOf(text)) === first).toBe(true);
  });

  it('says what cannot be met with its own numbers', () => {
    const solvers = new SolverCache();
    const goal = (place: number): string => edited(['horizon', `  at end: there: p == ${place}\nhorizon`]);
    const solver = solvers.solverFor(problemOf(goal(0.5)));
    expect(solve(solver).solution.status).toBe('converged');
    expect(solvers.solverFor(problemOf(goal(80))) === solver).toBe(true);
    const { status, message } = solve(solver).solution;
    expect(status).toBe('infeasible');
    expect(message).toContain('there at stage 12');
    solvers.solverFor(problemOf(goal(0.25)));
    expect(solve(solver).solution.x.at(-2)).toBeCloseTo(0.25, 8);
  });
});

describe.each(gallery.map(({ name, text }) => ({ name, text })))('$name', ({ text }) => {
  it('has the same solution with its numbers as inputs', () => {
    const problem = problemOf(text);
    const direct = solve(DifferentiableSolver.compile(problem));
    expectAgreement(solve(new SolverCache().solverFor(problem)), direct);
  });

  it('has one structure whenever it is compiled', () => {
    expect(structureOf(problemOf(text)).key).toBe(structureOf(problemOf(text)).key);
  });
});
