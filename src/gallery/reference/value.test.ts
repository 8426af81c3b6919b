/** Gradient and Hessian of the optimal value against independent solutions. */
import { describe, expect, it } from 'vitest';
import { readReference } from './read';
import { readSolutions } from './solutions';
import { compared, inputsAt, solverOf, startNear } from './solver';

describe.each(compared)('%s', (name, entry) => {
  const problem = readReference(name);
  const solver = solverOf(entry);
  const points = readSolutions(name).map((point) => [point.label, point] as const);

  it.each(points)('%s', (label, reference) => {
    const { sensitivity } = reference;
    const inputs = inputsAt(solver, problem, label);
    const solution = solver.solve(inputs, { tolerance: 1e-10 }, startNear(solver, reference));
    expect(solution.status).toBe('converged');
    const { columns, gradient, hessian, valid } = solver.valueDerivatives();
    expect(valid).toBe(sensitivity.valid);
    if (!sensitivity.valid) return;
    const { states, parameters } = solver.problem;
    // Second-order effects of changes as large as the quantities themselves: entries of all units compare.
    const sizes = sensitivity.columns.map((column) => {
      const j = parameters.findIndex((parameter) => parameter.name === column);
      const i = states.findIndex((state) => `x0.${state.name}` === column);
      const size = Math.abs((j >= 0 ? inputs.parameters[j] : solution.x[i]) ?? Number.NaN);
      return size > 1e-6 ? size : 1;
    });
    const at = sensitivity.columns.map((column) => columns.indexOf(column));
    const effect = (i: number, j: number, value: number): number => value * (sizes[i] ?? 0) * (sizes[j] ?? 0);
    const largest = (matrix: readonly (readonly number[])[]): number =>
      Math.max(...matrix.map((row, i) => Math.max(...row.map((value, j) => Math.abs(effect(i, j, value))))));
    const apart = sensitivity.d2objective.map((row, i) =>
      row.map((value, j) => value - (hessian[(at[i] ?? 0) * columns.length + (at[j] ?? 0)] ?? Number.NaN)),
    );
    expect(largest(apart)).toBeLessThanOrEqual(1e-6 * Math.max(largest(sensitivity.d2objective), 1e-2));
    const ofObjective = sensitivity.dobjective.map((value, j) =>
      Math.abs(value - (gradient[at[j] ?? 0] ?? Number.NaN)),
    );
    const most = Math.max(...sensitivity.dobjective.map(Math.abs), 1e-3);
    expect(Math.max(...ofObjective)).toBeLessThanOrEqual(1e-6 * most);
  });
});
