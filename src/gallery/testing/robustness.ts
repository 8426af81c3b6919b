/**
 * How often a method solves a problem from where it should not be difficult, and not trivial either: from guesses around
 * the solution, and for initial states around the given one, each variable with normal noise in units of its range.
 */
import { elastic, NoSquaresError, type Problem } from '../../problem';
import {
  compileSolver,
  type Inputs,
  type MethodOptions,
  methodOf,
  type Settings,
  type Solution,
  type Solver,
  type Start,
  type Status,
  settingsOf,
  type Trajectory,
  withControls,
} from '../../solver';
import { problemOf } from './compiled';
import { Normal } from './random';

/** Standard deviations, in ranges over the horizon. */
const NOISE = { guess: 0.3, initial: 0.2 } as const;
/** Of the runs that end infeasible so many are looked into, each from so many starts. */
const VERIFIED = 3;
const VERIFYING_STARTS = 5;
/** A violation that counts. */
const VIOLATED = 1e-6;

export type Perturbed = keyof typeof NOISE;

export const methods: readonly (readonly [name: string, options: Partial<MethodOptions>])[] = [
  ['interior-point', { method: 'interior-point' }],
  ['sqp exact', { method: 'sqp', hessian: 'exact' }],
  ['sqp gauss-newton', { method: 'sqp', hessian: 'gauss-newton' }],
];

export interface Robustness {
  readonly problem: string;
  readonly method: string;
  readonly perturbed: Perturbed;
  readonly runs: number;
  readonly solved: number;
  /** Of the solved runs, those that the given start did not lead to: begun anew from the guess of the text or another. */
  readonly restarted: number;
  /** Runs that ended infeasible and whose elastic problem was solved from other starts: all, and met by one of them. */
  readonly verified: { readonly runs: number; readonly refuted: number };
  /** Of the solved runs; null without any. */
  readonly iterations: { readonly median: number; readonly high: number; readonly worst: number } | null;
  /** How many runs ended how. A run that throws has no status, and must not happen. */
  readonly statuses: Readonly<Partial<Record<Status | 'threw', number>>>;
  readonly seconds: number;
}

interface Sample {
  readonly inputs: Inputs;
  readonly start: Start;
}

/** Every method with the same samples; one that the problem has no Hessian for is left out. */
export function robustness(name: string, text: string, count: number, settings: Partial<Settings> = {}): Robustness[] {
  const problem = problemOf(text);
  const inputs = nominal(problem);
  const solution = compileSolver(problem).solve(inputs);
  if (solution.status !== 'converged') throw new Error(`${name} is not solved from its own guess: ${solution.message}`);
  const samples = {
    guess: guesses(name, problem, solution, inputs, count),
    initial: initialStates(name, problem, solution, inputs, count),
  };
  return methods.flatMap(([method, options]) => {
    const solvers = solversWith(text, options);
    if (!solvers) return [];
    return (['guess', 'initial'] as const)
      .filter((perturbed) => samples[perturbed].length > 0)
      .map((perturbed) => {
        const began = performance.now();
        const all = samples[perturbed];
        const attempts = all.map((sample) => attempt(solvers.solver, sample, settings));
        const seconds = (performance.now() - began) / 1000;
        const infeasible = all.filter((_, i) => attempts[i]?.status === 'infeasible').slice(0, VERIFIED);
        const refuted = infeasible.filter((sample) =>
          canBeMet(problem, name, solvers.elastic(), sample, solution, settings),
        );
        const verified = { runs: infeasible.length, refuted: refuted.length };
        return { problem: name, method, perturbed, ...summary(attempts), verified, seconds };
      });
  });
}

/** Compiled afresh, as each method adds to the graph of its problem. */
function solversWith(text: string, options: Partial<MethodOptions>): { solver: Solver; elastic: () => Solver } | null {
  const problem = problemOf(text);
  const makeElastic = (): Solver => compileSolver(elastic(problem));
  try {
    return { solver: compileSolver(problem, methodOf(problem, options), undefined, makeElastic), elastic: makeElastic };
  } catch (error) {
    if (error instanceof NoSquaresError) return null;
    throw error;
  }
}

function nominal({ parameters, states }: Problem): Inputs {
  return {
    parameters: Float64Array.from(parameters, ({ value }) => value),
    initial: new Float64Array(states.length).fill(Number.NaN),
  };
}

function guesses(name: string, problem: Problem, solution: Solution, inputs: Inputs, count: number): Sample[] {
  const random = new Normal(`${name}, guess`);
  return Array.from({ length: count }, () => ({ inputs, start: { guess: disturbed(problem, solution, random) } }));
}

function disturbed({ states, controls }: Problem, { x, u }: Trajectory, random: Normal): Trajectory {
  const noisy = (values: Float64Array, width: number): Float64Array => {
    const sizes = ranges(values, width);
    return values.map((value, i) => value + NOISE.guess * (sizes[i % width] as number) * random.next());
  };
  return { x: noisy(x, states.length), u: noisy(u, controls.length) };
}

/** None where all initial states are free. */
function initialStates(
  name: string,
  { states }: Problem,
  { x }: Solution,
  { parameters }: Inputs,
  count: number,
): Sample[] {
  const random = new Normal(`${name}, initial state`);
  const sizes = ranges(x, states.length);
  if (states.every(({ initial }) => initial === null)) return [];
  return Array.from({ length: count }, (): Sample => {
    const initial = Float64Array.from(states, (state, i) =>
      state.initial === null ? Number.NaN : (x[i] as number) + NOISE.initial * (sizes[i] as number) * random.next(),
    );
    return { inputs: { parameters, initial }, start: {} };
  });
}

/** Of each column of a row-major array; the size of a column that is constant. */
function ranges(values: Float64Array, width: number): number[] {
  return Array.from({ length: width }, (_, i) => {
    const column = values.filter((_, place) => place % width === i);
    const [least, most] = [Math.min(...column), Math.max(...column)];
    const size = Math.max(Math.abs(least), Math.abs(most));
    return most - least > 1e-9 * size ? most - least : size;
  });
}

/** Whether the elastic problem, from starts of its own, has a solution without violations after all. */
function canBeMet(
  problem: Problem,
  name: string,
  solver: Solver,
  { inputs }: Sample,
  solution: Solution,
  settings: Partial<Settings>,
): boolean {
  const random = new Normal(`${name}, elastic`);
  const { controls, horizon } = solver.problem;
  return Array.from({ length: VERIFYING_STARTS }).some(() => {
    const guess = withControls(disturbed(problem, solution, random), horizon.steps, controls.length);
    const found = solver.solve(inputs, settings, { guess });
    const violations = found.constraints.flatMap((c) => [...(c.slackLower ?? []), ...(c.slackUpper ?? [])]);
    return found.status === 'converged' && violations.every((violation) => violation <= VIOLATED);
  });
}

interface Attempt {
  readonly status: Status | 'threw';
  readonly iterations: number;
  readonly restarted: boolean;
}

function attempt(solver: Solver, { inputs, start }: Sample, settings: Partial<Settings>): Attempt {
  try {
    const chosen = { ...settingsOf(solver.problem), ...settings };
    const { status, iterations, restart } = solver.solve(inputs, chosen, start);
    return { status, iterations, restarted: restart !== undefined };
  } catch {
    return { status: 'threw', iterations: 0, restarted: false };
  }
}

type Summary = Pick<Robustness, 'runs' | 'solved' | 'restarted' | 'iterations' | 'statuses'>;

function summary(attempts: readonly Attempt[]): Summary {
  const statuses: Partial<Record<Attempt['status'], number>> = {};
  for (const { status } of attempts) statuses[status] = (statuses[status] ?? 0) + 1;
  const solved = attempts.filter(({ status }) => status === 'converged');
  const counts = solved.map(({ iterations }) => iterations).sort((a, b) => a - b);
  const at = (share: number): number => counts[Math.ceil(share * counts.length) - 1] as number;
  return {
    runs: attempts.length,
    solved: solved.length,
    restarted: solved.filter(({ restarted }) => restarted).length,
    iterations: counts.length > 0 ? { median: at(0.5), high: at(0.95), worst: at(1) } : null,
    statuses,
  };
}
