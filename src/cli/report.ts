/** The summary for people. */
import type { Sensitivities } from '../sensitivity';
import type { ConstraintMultipliers, Solution } from '../solver';
import type { SolveRequest } from './arguments';
import type { Complaint } from './complaint';
import type { UsedMethod } from './method';
import { optimalityLines } from './optimality';
import { adjointLines, checkedLines, validityLines, valueLines } from './sensitivityReport';
import type { Outcome } from './solve';
import { paint, type Style } from './style';
import { number, numbers, order, spread, table } from './table';

const MOST_ROWS = 26;
const MOST_ITERATIONS = 60;
const MOST_COLUMNS = 40;

type Asked = Pick<SolveRequest, 'sensitivities' | 'optimality'>;

export function report(outcome: Outcome, asked: Asked, style: Style): string {
  const { problem, solution, sensitivities, optimality } = outcome;
  const good = solution.status === 'converged';
  const lines = [
    ...(problem.title === '' ? [] : [paint('bold', problem.title, style)]),
    paint(good ? 'green' : 'red', solution.message, style),
    '',
    ...facts(outcome),
    '',
    ...iterations(solution, style),
    '',
    ...trajectory(outcome, style),
    ...(solution.constraints.length > 0 ? ['', ...constraints(solution.constraints, style)] : []),
    ...(sensitivities ? ['', ...derivatives(outcome, sensitivities, style)] : []),
    ...(outcome.adjoint ? ['', ...adjointLines(outcome.adjoint, style)] : []),
    ...(outcome.value ? ['', ...valueLines(outcome.value, style)] : []),
    ...(outcome.checked ? ['', ...checkedLines(outcome.checked, style)] : []),
    ...(outcome.validity ? ['', ...validityLines(outcome.validity, style)] : []),
    ...(asked.optimality ? ['', ...optimalityLines(optimality, style)] : []),
    ...(asked.sensitivities && !good ? ['', 'There are no sensitivities: the solve did not converge.'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** `file:line:column: message` with the line itself below, as compilers write it. */
export function complaintLines(complaints: readonly Complaint[], name: string, text: string, style: Style): string {
  const source = text.split('\n');
  const blocks = complaints.map(({ line, column, message, hint }) => {
    if (line === 0) return `${paint('red', message, style)}${hint === undefined ? '' : `\n  ${hint}`}`;
    const quoted = source[line - 1] ?? '';
    const pointer = `${' '.repeat(column - 1)}^${hint === undefined ? '' : ` ${hint}`}`;
    return `${name}:${line}:${column}: ${paint('red', message, style)}\n    ${quoted}\n    ${pointer}`;
  });
  return `${blocks.join('\n')}\n`;
}

function facts({ method, solution, times }: Outcome): string[] {
  const { stationarity, feasibility, complementarity } = solution.kkt;
  const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
  const took = [
    `compile ${milliseconds(times.compileMs)}`,
    `solve ${milliseconds(times.solveMs)}`,
    ...(times.sensitivityMs > 0 ? [`sensitivities ${milliseconds(times.sensitivityMs)}`] : []),
  ];
  const rows: readonly [string, string][] = [
    ['status', solution.status],
    ['method', methodText(method)],
    ['objective', number(solution.objective, 10)],
    ['iterations', String(solution.iterations)],
    [
      'errors',
      `stationarity ${order(stationarity)}, feasibility ${order(feasibility)}, complementarity ${order(complementarity)}`,
    ],
    ['barrier', order(solution.tau)],
    ['times', took.join(', ')],
  ];
  return rows.map(([name, value]) => `${name.padEnd(12)}${value}`);
}

/** The interior point is what one expects; of the others, what they were told. */
function methodText({ method, hessian, regularize, globalization }: UsedMethod): string {
  if (method === 'interior-point') return 'interior point';
  if (method === 'admm') return 'operator splitting, then interior point';
  const steps = method === 'rti' ? [] : [globalization === 'full' ? 'full steps' : 'merit function'];
  const convex = regularize === 'none' ? [] : [`regularisation ${regularize}`];
  const name = method === 'sqp' ? 'sequential quadratic programming' : 'one real-time iteration';
  return [name, `${hessian === 'exact' ? 'exact' : 'Gauss-Newton'} Hessian`, ...steps, ...convex].join(', ');
}

function iterations({ history }: Solution, style: Style): string[] {
  const half = MOST_ITERATIONS / 2;
  const numbered = history.map((iteration, i) => ({ ...iteration, i }));
  const shown = history.length > MOST_ITERATIONS ? [...numbered.slice(0, half), ...numbered.slice(-half)] : numbered;
  const column = (heading: string, cell: (iteration: (typeof numbered)[number]) => string) => ({
    heading,
    cells: shown.map(cell),
  });
  const lines = table(
    [
      column('iteration', ({ i }) => String(i)),
      {
        heading: 'objective',
        cells: numbers(
          shown.map(({ objective }) => objective),
          8,
        ),
      },
      column('infeasibility', ({ primalInfeasibility }) => order(primalInfeasibility)),
      column('stationarity', ({ dualInfeasibility }) => order(dualInfeasibility)),
      column('complementarity', ({ complementarity }) => order(complementarity)),
      column('barrier', ({ barrier }) => order(barrier)),
      column('step', ({ stepPrimal, i }) => (i === 0 ? '' : order(stepPrimal))),
      column('dual step', ({ stepDual, i }) => (i === 0 ? '' : order(stepDual))),
      column('shift', ({ regularisation }) => (regularisation === 0 ? '' : order(regularisation))),
      column('trials', ({ trials, i }) => (i === 0 ? '' : String(trials))),
    ],
    style.width,
  );
  return shown.length === numbered.length
    ? lines
    : [...lines, `The first and the last ${half} of ${numbered.length} are shown.`];
}

function trajectory({ problem, solution }: Outcome, style: Style): string[] {
  const { states, controls, algebraics, horizon } = problem;
  const stages = spread(horizon.steps + 1, MOST_ROWS);
  const quantity = (values: Float64Array, count: number, i: number): string[] =>
    numbers(stages.filter((k) => k * count + i < values.length).map((k) => values[k * count + i] ?? Number.NaN));
  const lines = table(
    [
      { heading: 'stage', cells: stages.map(String) },
      { heading: 't', cells: quantity(solution.t, 1, 0) },
      ...states.map(({ name }, i) => ({ heading: name, cells: quantity(solution.x, states.length, i) })),
      ...controls.map(({ name }, i) => ({ heading: name, cells: [...quantity(solution.u, controls.length, i), ''] })),
      ...algebraics.map(({ name }, i) => ({
        heading: name,
        cells: [...quantity(solution.algebraics, algebraics.length, i), ''],
      })),
    ],
    style.width,
  );
  return stages.length > horizon.steps
    ? lines
    : [...lines, `${stages.length} of ${horizon.steps + 1} stages are shown.`];
}

/** The largest multiplier of each constraint says what it costs; of a soft one also how far it is exceeded. */
function constraints(all: readonly ConstraintMultipliers[], style: Style): string[] {
  const rows = all.map((constraint) => ({ ...constraint, most: largestMultiplier(constraint) }));
  const soft = rows.some(({ slackLower, slackUpper }) => slackLower || slackUpper);
  const exceeded = rows.map(({ slackLower, slackUpper }) =>
    slackLower || slackUpper ? number(Math.max(...(slackLower ?? []), ...(slackUpper ?? [])), 4) : '',
  );
  return table(
    [
      { heading: 'constraint', align: 'left', cells: rows.map(({ name }) => name) },
      {
        heading: 'stages',
        cells: rows.map(({ stages }) => (stages.length === 1 ? String(stages[0]) : `${stages[0]}..${stages.at(-1)}`)),
      },
      { heading: 'largest multiplier', cells: rows.map(({ most }) => number(most.value, 4)) },
      { heading: 'at stage', cells: rows.map(({ most }) => String(most.stage)) },
      { heading: 'side', align: 'left', cells: rows.map(({ most }) => most.side) },
      ...(soft ? [{ heading: 'exceeded by', cells: exceeded }] : []),
    ],
    style.width,
  );
}

function largestMultiplier({ stages, lower, upper, equality }: ConstraintMultipliers) {
  const sides = Object.entries({ lower, upper, equality });
  const all = sides.flatMap(([side, values]) =>
    (values ?? []).map((value, i) => ({ side, value, stage: stages[i] ?? 0 })),
  );
  return all.reduce((most, one) => (Math.abs(one.value) > Math.abs(most.value) ? one : most));
}

/** What model predictive control asks for: the objective and the first controls. */
function derivatives({ problem, solution }: Outcome, mine: Sensitivities, style: Style): string[] {
  const { columns, dobjective, du } = mine;
  const byEffect = columns.map((_, j) => j).sort((a, b) => Math.abs(dobjective[b] ?? 0) - Math.abs(dobjective[a] ?? 0));
  const shown = byEffect.slice(0, MOST_COLUMNS).sort((a, b) => a - b);
  const start = number(solution.t[0] ?? 0);
  const lines = table(
    [
      { heading: 'with respect to', align: 'left', cells: shown.map((j) => columns[j] ?? '') },
      { heading: 'd objective', cells: shown.map((j) => number(dobjective[j] ?? Number.NaN)) },
      ...problem.controls.map(({ name }, i) => ({
        heading: `d ${name}(${start})`,
        cells: shown.map((j) => number(du[i * columns.length + j] ?? Number.NaN)),
      })),
    ],
    style.width,
  );
  return [
    ...lines,
    ...(shown.length < columns.length
      ? [`The ${shown.length} of ${columns.length} columns with the largest effect are shown.`]
      : []),
    ...(mine.valid ? [] : [paint('red', `These are not derivatives of the solution. ${mine.reason}`, style)]),
  ];
}
