/**
 * Every problem of the gallery at every point of its reference, against independent solutions (README.md): trajectories,
 * multipliers, derivatives, and the solutions that the barrier smooths.
 */
import { describe, expect, it } from 'vitest';
import type { DifferentiableSolver, Sensitivities } from '../../sensitivity';
import type { Solution, Trajectory } from '../../solver';
import { component, flat, gap, largest } from './compare';
import { readReference } from './read';
import {
  type ReferenceDerivatives,
  type ReferencePoint,
  type ReferenceSensitivity,
  type ReferenceTrajectory,
  readSolutions,
} from './solutions';
import { compared, inputsAt, solverOf, startAt, startNear } from './solver';

const tolerance = 1e-10;

/** Iterations from a solution with its multipliers; at a kink it is not to the last digit. */
const FEW = 2;

type ReferenceValue = Extract<ReferenceSensitivity, { valid: true }>;

/** From the guess of the text these may end in another local minimum than the reference's. */
const manyMinima = ['pendulum-mass-sensitivity', 'unicycle-obstacle'];

function expectGap(what: string, value: number, most: number): void {
  expect(value, `distance of ${what}`).toBeLessThanOrEqual(most);
}

/** Each state and control to 1e-6 of its own range; those that stay near zero, of the range of all. */
function expectTrajectory({ problem }: DifferentiableSolver, mine: Trajectory, reference: ReferenceTrajectory): void {
  const compare = (names: readonly { readonly name: string }[], ours: Float64Array, theirs: ReferenceTrajectory['x']) =>
    names.forEach(({ name }, i) => {
      const [a, b] = [component(ours, names.length, i), component(theirs, names.length, i)];
      expectGap(name, gap(a, b, 1e-3 * largest(flat(theirs))), 1e-6);
    });
  compare(problem.states, mine.x, reference.x);
  compare(problem.controls, mine.u, reference.u);
}

const objectiveGap = (mine: Solution, { objective }: ReferenceTrajectory): number =>
  Math.abs(mine.objective - objective) / (Math.abs(objective) > 1e-20 ? Math.abs(objective) : 1);

const multiplierSides = ['lower', 'upper', 'equality', 'slackLowerMultiplier', 'slackUpperMultiplier'] as const;
const sides = [...multiplierSides, 'slackLower', 'slackUpper'] as const;

function expectMultipliers(mine: Solution, reference: ReferencePoint): void {
  expectGap('the costates', gap(mine.costates, reference.dynamicsMultipliers), 1e-5);
  expect(mine.constraints.map(({ name }) => name)).toEqual(reference.constraints.map(({ name }) => name));
  const all = reference.constraints.flatMap((constraint) => multiplierSides.flatMap((side) => constraint[side] ?? []));
  reference.constraints.forEach((theirs, i) => {
    const ours = mine.constraints[i];
    expect(ours?.stages).toEqual(theirs.stages);
    for (const side of sides) {
      expect(ours?.[side] === undefined, `${theirs.name} has no ${side}`).toBe(theirs[side] === undefined);
      const least = side === 'slackLower' || side === 'slackUpper' ? 0 : 1e-3 * largest(all);
      expectGap(`${theirs.name}, ${side}`, gap(ours?.[side] ?? [], theirs[side] ?? [], least), 1e-5);
    }
  });
}

/** Each column to 1e-6 of its largest entry over states and controls. */
function expectDerivatives(mine: Sensitivities, reference: ReferenceDerivatives): void {
  const count = mine.columns.length;
  reference.columns.forEach((name, theirs) => {
    const ours = mine.columns.indexOf(name);
    expect(ours, `there is a column ${name}`).toBeGreaterThanOrEqual(0);
    const a = [...component(mine.dx, count, ours), ...component(mine.du, count, ours)];
    const width = reference.columns.length;
    const b = [...component(reference.dx, width, theirs), ...component(reference.du, width, theirs)];
    expectGap(`the derivatives with respect to ${name}`, gap(a, b), 1e-6);
  });
}

/** The first costates are the gradient of the optimal value in x_0: their derivatives are second derivatives of it. */
function expectCostateDerivatives(
  { problem }: DifferentiableSolver,
  mine: Sensitivities,
  reference: ReferenceValue,
): void {
  const { columns, d2objective } = reference;
  const at = columns.map((column) => mine.columns.indexOf(column));
  problem.states.forEach(({ name }, i) => {
    const theirs = d2objective[columns.indexOf(`x0.${name}`)];
    if (!theirs) return;
    const ours = at.map((j) => mine.dcostates[i * mine.columns.length + j] ?? Number.NaN);
    expectGap(`the derivatives of the costate of ${name}`, gap(ours, theirs), 1e-6);
  });
}

describe.each(compared)('%s', (name, entry) => {
  const problem = readReference(name);
  const solver = solverOf(entry);
  const { points } = problem;
  const solutions = readSolutions(name);

  it('has a solution for every point', () => {
    expect(solutions.map(({ label }) => label)).toEqual(points.map(({ label }) => label));
    expect(solutions.length).toBeGreaterThan(0);
  });

  describe.each(solutions.map((solution) => [solution.label, solution] as const))('%s', (label, reference) => {
    const inputs = inputsAt(solver, problem, label);

    it('is solved from the guess of the text', () => {
      const solution = solver.solve(inputs, { tolerance });
      expect(solution.status).toBe('converged');
      const distance = objectiveGap(solution, reference);
      if (manyMinima.includes(name) && distance > 1e-4) return;
      expectGap('the objective', distance, 1e-8);
      expectTrajectory(solver, solution, reference);
      expectMultipliers(solution, reference);
    });

    it('stays at the reference, with its multipliers and derivatives', () => {
      const solution = solver.solve(inputs, { tolerance: 1e-11 }, startNear(solver, reference));
      expect(solution.status).toBe('converged');
      expect(solution.iterations).toBeLessThanOrEqual(FEW);
      expectGap('the objective', objectiveGap(solution, reference), 1e-8);
      expectTrajectory(solver, solution, reference);
      expectMultipliers(solution, reference);

      const mine = solver.sensitivities();
      const { sensitivity } = reference;
      expect(mine.valid, mine.reason).toBe(sensitivity.valid);
      expect(mine.reason === '').toBe(mine.valid);
      if (!sensitivity.valid) return;
      expectDerivatives(mine, sensitivity);
      expectCostateDerivatives(solver, mine, sensitivity);
      const { columns, dobjective, dSumU0 } = sensitivity.allColumns;
      const at = columns.map((column) => mine.columns.indexOf(column));
      const ofObjective = at.map((j) => mine.dobjective[j] ?? Number.NaN);
      const controls = solver.problem.controls.map((_, i) => i);
      const ofFirst = (j: number) =>
        controls.reduce((sum, i) => sum + (mine.du[i * mine.columns.length + j] ?? Number.NaN), 0);
      expectGap('the gradient of the objective', gap(ofObjective, dobjective), 1e-6);
      expectGap('the derivatives of the first control', gap(at.map(ofFirst), dSumU0), 1e-6);
    });

    it.each(reference.smoothed.map((smoothed) => [smoothed.tau, smoothed] as const))(
      'is smoothed by the barrier %d',
      (tau, smoothed) => {
        const solution = solver.solve(inputs, { tolerance, tau }, startAt(smoothed));
        expect(solution.status).toBe('converged');
        expect(solution.tau).toBe(tau);
        // The cost alone is not at its minimum here: an error of the trajectory counts in first order.
        const size = Math.abs(smoothed.objective) + tau;
        expectGap('the objective', Math.abs(solution.objective - smoothed.objective) / size, 1e-6);
        expectTrajectory(solver, solution, smoothed);
        const mine = solver.sensitivities();
        expect(mine.valid, mine.reason).toBe(true);
        expectDerivatives(mine, smoothed);
      },
    );
  });
});
