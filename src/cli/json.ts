/**
 * The answers as JSON objects, the interface that other programs use. Arrays have the stage first. Numbers that are not
 * finite are null, as JSON has none.
 */
import type { AdjointSensitivities, Sensitivities, ValueDerivatives } from '../sensitivity';
import { nested } from '../sharing';
import type { MultiplierKind } from '../solver';
import type { SolveRequest } from './arguments';
import type { CheckedColumn } from './check';
import type { Complaint } from './complaint';
import type { Outcome } from './solve';

type Asked = Pick<SolveRequest, 'sensitivities' | 'optimality' | 'validity' | 'checkFiniteDifferences'>;

export function solutionObject(outcome: Outcome, asked: Asked) {
  const { problem, inputs, solution, times, warnings } = outcome;
  const sizes = {
    N: problem.horizon.steps,
    nx: problem.states.length,
    nu: problem.controls.length,
    ny: problem.algebraics.length,
  };
  const { N, nx, nu, ny } = sizes;
  return {
    status: solution.status,
    message: solution.message,
    iterations: solution.iterations,
    objective: solution.objective,
    times,
    title: problem.title,
    ...outcome.method,
    parameters: Object.fromEntries(problem.parameters.map(({ name }, i) => [name, inputs.parameters[i]])),
    tau: solution.tau,
    kkt: solution.kkt,
    t: [...solution.t],
    states: problem.states.map(({ name }) => name),
    controls: problem.controls.map(({ name }) => name),
    algebraics: problem.algebraics.map(({ name }) => name),
    x: nested(solution.x, N + 1, nx),
    u: nested(solution.u, N, nu),
    y: nested(solution.algebraics, N, ny),
    multipliers: { dynamics: nested(solution.costates, N + 1, nx), constraints: solution.constraints },
    ...(asked.sensitivities === 'forward' ? { sensitivities: sensitivitiesObject(outcome.sensitivities, sizes) } : {}),
    ...(asked.sensitivities === 'adjoint'
      ? { sensitivities: outcome.adjoint ? adjointObject(outcome.adjoint) : none }
      : {}),
    ...(asked.sensitivities === 'value' ? { sensitivities: outcome.value ? valueObject(outcome.value) : none } : {}),
    ...(asked.checkFiniteDifferences
      ? { finiteDifferences: outcome.checked?.map((one) => checkedObject(one, sizes)) ?? null }
      : {}),
    ...(asked.validity ? { validity: outcome.validity } : {}),
    ...(asked.optimality ? { optimality: outcome.optimality } : {}),
    history: solution.history,
    warnings,
  };
}

interface Sizes {
  readonly N: number;
  readonly nx: number;
  readonly nu: number;
  readonly ny: number;
}

function sensitivitiesObject(sensitivities: Sensitivities | null, { N, nx, nu, ny }: Sizes) {
  if (sensitivities === null) {
    return { ...none, dx: null, du: null, dy: null, dobjective: null, dmultipliers: null };
  }
  const { columns, dx, du, dalgebraics, dobjective, dcostates, dconstraints, valid, reason, residual } = sensitivities;
  const count = columns.length;
  return {
    columns,
    dx: nested(dx, N + 1, nx, count),
    du: nested(du, N, nu, count),
    dy: nested(dalgebraics, N, ny, count),
    dobjective: [...dobjective],
    dmultipliers: {
      dynamics: nested(dcostates, N + 1, nx, count),
      constraints: dconstraints.map((constraint) => constraintObject(constraint, count)),
    },
    valid,
    reason,
    residual,
  };
}

const none = {
  columns: [],
  valid: false,
  reason: 'The solve did not converge: there is no solution to differentiate.',
  residual: null,
};

function adjointObject({ gradient, ...rest }: AdjointSensitivities) {
  return { ...rest, gradient: [...gradient] };
}

function valueObject({ columns, gradient, hessian, ...rest }: ValueDerivatives) {
  return { columns, dobjective: [...gradient], d2objective: nested(hessian, columns.length, columns.length), ...rest };
}

function checkedObject({ difference, ...verdict }: CheckedColumn, { N, nx, nu }: Sizes) {
  if (difference === null) return verdict;
  const { dx, du, dobjective, step, error, changes } = difference;
  return { ...verdict, dx: nested(dx, N + 1, nx), du: nested(du, N, nu), dobjective, step, error, changes };
}

/** Parallel to the constraint's multipliers, each [stages][columns]. */
function constraintObject({ name, stages, ...kinds }: Sensitivities['dconstraints'][number], count: number) {
  const all = Object.entries(kinds) as [MultiplierKind, Float64Array][];
  return { name, stages, ...Object.fromEntries(all.map(([kind, d]) => [kind, nested(d, stages.length, count)])) };
}

export function diagnosticsObject(diagnostics: readonly Complaint[]) {
  return { diagnostics };
}
