/**
 * The answers as JSON objects, the interface that other programs use. Arrays have the stage first. Numbers that are not
 * finite are null, as JSON has none.
 */
import type { Sensitivities } from '../sensitivity';
import type { SolveRequest } from './arguments';
import type { Complaint } from './complaint';
import type { Outcome } from './solve';

export type Nested = number | readonly Nested[];

/** A row-major array as nested ones: `nested(values, 2, 3)` has two rows of three. */
export function nested(values: Float64Array, ...shape: number[]): readonly Nested[] {
  const [count = 0, ...inner] = shape;
  if (inner.length === 0) return [...values];
  const size = inner.reduce((product, length) => product * length, 1);
  return Array.from({ length: count }, (_, i) => nested(values.subarray(i * size, (i + 1) * size), ...inner));
}

export function solutionObject(outcome: Outcome, { sensitivities: asked }: Pick<SolveRequest, 'sensitivities'>) {
  const { problem, inputs, solution, times, warnings } = outcome;
  const [nx, nu, N] = [problem.states.length, problem.controls.length, problem.horizon.steps];
  return {
    status: solution.status,
    message: solution.message,
    iterations: solution.iterations,
    objective: solution.objective,
    times,
    title: problem.title,
    parameters: Object.fromEntries(problem.parameters.map(({ name }, i) => [name, inputs.parameters[i]])),
    tau: solution.tau,
    kkt: solution.kkt,
    t: [...solution.t],
    states: problem.states.map(({ name }) => name),
    controls: problem.controls.map(({ name }) => name),
    x: nested(solution.x, N + 1, nx),
    u: nested(solution.u, N, nu),
    multipliers: { dynamics: nested(solution.costates, N + 1, nx), constraints: solution.constraints },
    ...(asked ? { sensitivities: sensitivitiesObject(outcome.sensitivities, N, nx, nu) } : {}),
    history: solution.history,
    warnings,
  };
}

function sensitivitiesObject(sensitivities: Sensitivities | null, N: number, nx: number, nu: number) {
  if (sensitivities === null) {
    const reason = 'The solve did not converge: there is no solution to differentiate.';
    return { columns: [], dx: null, du: null, dobjective: null, valid: false, reason, residual: null };
  }
  const { columns, dx, du, dobjective, valid, reason, residual } = sensitivities;
  return {
    columns,
    dx: nested(dx, N + 1, nx, columns.length),
    du: nested(du, N, nu, columns.length),
    dobjective: [...dobjective],
    valid,
    reason,
    residual,
  };
}

export function diagnosticsObject(diagnostics: readonly Complaint[]) {
  return { diagnostics };
}
