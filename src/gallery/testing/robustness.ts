/**
 * How often a method solves a problem from where it should not be difficult, and not trivial either: from guesses around
 * the solution, and for initial states around the given one, each variable with normal noise in units of its range.
 */
import { compileText } from '../../language';
import { NoSquaresError, type Problem } from '../../problem';
import { DifferentiableSolver } from '../../sensitivity';
import type { Inputs, MethodOptions, Settings, Solution, Start, Status } from '../../solver';
import { Normal } from './random';

/** Standard deviations, in ranges over the horizon. */
const NOISE = { guess: 0.3, initial: 0.2 } as const;

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
  /** Of the solved runs; null without any. */
  readonly iterations: { readonly median: number; readonly high: number; readonly worst: number } | null;
  /** How many runs ended how. A run that throws has no status, and must not happen. */
  readonly statuses: Readonly<Partial<Record<Status | 'threw', number>>>;
}

interface Sample {
  readonly inputs: Inputs;
  readonly start: Start;
}

/** Every method with the same samples; one that the problem has no Hessian for is left out. */
export function robustness(name: string, text: string, count: number, settings: Partial<Settings> = {}): Robustness[] {
  const compiled = compileText(text);
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'));
  const { problem } = compiled;
  const inputs = nominal(problem);
  const solution = DifferentiableSolver.compile(problem, { method: 'interior-point' }).solve(inputs);
  if (solution.status !== 'converged') throw new Error(`${name} is not solved from its own guess: ${solution.message}`);
  const samples = {
    guess: guesses(name, problem, solution, inputs, count),
    initial: initialStates(name, problem, solution, inputs, count),
  };
  return methods.flatMap(([method, options]) => {
    const solver = solverWith(problem, options);
    if (!solver) return [];
    return (['guess', 'initial'] as const)
      .filter((perturbed) => samples[perturbed].length > 0)
      .map((perturbed) => ({
        problem: name,
        method,
        perturbed,
        ...summary(samples[perturbed].map((sample) => attempt(solver, sample, settings))),
      }));
  });
}

function solverWith(problem: Problem, options: Partial<MethodOptions>): DifferentiableSolver | null {
  try {
    return DifferentiableSolver.compile(problem, options);
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

function guesses(name: string, { states, controls }: Problem, { x, u }: Solution, inputs: Inputs, count: number) {
  const random = new Normal(`${name}, guess`);
  const noisy = (values: Float64Array, width: number): Float64Array => {
    const sizes = ranges(values, width);
    return values.map((value, i) => value + NOISE.guess * (sizes[i % width] as number) * random.next());
  };
  return Array.from(
    { length: count },
    (): Sample => ({ inputs, start: { guess: { x: noisy(x, states.length), u: noisy(u, controls.length) } } }),
  );
}

/** None where all initial states are free. */
function initialStates(name: string, { states }: Problem, { x }: Solution, { parameters }: Inputs, count: number) {
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

interface Attempt {
  readonly status: Status | 'threw';
  readonly iterations: number;
}

function attempt(solver: DifferentiableSolver, { inputs, start }: Sample, settings: Partial<Settings>): Attempt {
  try {
    const { status, iterations } = solver.solve(inputs, settings, start);
    return { status, iterations };
  } catch {
    return { status: 'threw', iterations: 0 };
  }
}

function summary(attempts: readonly Attempt[]): Pick<Robustness, 'runs' | 'solved' | 'iterations' | 'statuses'> {
  const statuses: Partial<Record<Attempt['status'], number>> = {};
  for (const { status } of attempts) statuses[status] = (statuses[status] ?? 0) + 1;
  const counts = attempts
    .filter(({ status }) => status === 'converged')
    .map(({ iterations }) => iterations)
    .sort((a, b) => a - b);
  const at = (share: number): number => counts[Math.ceil(share * counts.length) - 1] as number;
  return {
    runs: attempts.length,
    solved: counts.length,
    iterations: counts.length > 0 ? { median: at(0.5), high: at(0.95), worst: at(1) } : null,
    statuses,
  };
}
