/** What one problem costs: compiled, solved cold, solved again warm after a small step, differentiated. */
import type { GalleryEntry } from '../../src/gallery/node';
import { instantiate, type Module } from '../../src/kernel';
import { compileText } from '../../src/language';
import { DifferentiableSolver } from '../../src/sensitivity';
import type { Inputs } from '../../src/solver';
import { type BatchResult, benchBatch } from './batch';
import { type Effort, measure, summary, type Timing, timed } from './measure';
import { MULTIPLY_ADDS, yardstick } from './yardstick';

export interface ProblemResult {
  readonly name: string;
  readonly sizes: {
    readonly states: number;
    readonly controls: number;
    readonly steps: number;
    readonly columns: number;
  };
  /** Text -> solver: parse, graph, derivatives, kernels, WebAssembly. */
  readonly compile: Timing;
  /** The first solve of a new solver, in which V8 compiles the WebAssembly functions as they are first called. */
  readonly firstSolve: Timing;
  readonly cold: Timing;
  /** Warm after a step of 1 % in one parameter after the other, with all sensitivities. */
  readonly warm: Timing;
  /** All columns after a solve, the factorisation included. */
  readonly sensitivities: Timing;
  /** One seed, and the gradient and Hessian of the optimal value, at a solution that is factorised already. */
  readonly adjoint: Timing;
  readonly value: Timing;
  readonly status: string;
  readonly iterations: { readonly cold: number; readonly warmMedian: number; readonly warmMost: number };
  /** Of the warm solves, those that did not converge. */
  readonly warmFailures: number;
  readonly batch: BatchResult;
  /** Nanoseconds of one multiply-add while this problem was measured. */
  readonly multiplyAddNs: number;
}

const STEP = 0.01;
const efforts = {
  compile: { warmUpMs: 700, budgetMs: 1800, leastRuns: 5, mostRuns: 60 },
  cold: { warmUpMs: 400, budgetMs: 1000, leastRuns: 15, mostRuns: 2000 },
  warm: { warmUpMs: 300, budgetMs: 1200, leastRuns: 15, mostRuns: 2000 },
  sensitivities: { warmUpMs: 200, budgetMs: 500, leastRuns: 15, mostRuns: 2000 },
} as const satisfies Record<string, Effort>;

/** Milliseconds from text to solver, and of its first solve. */
export function compileOnce(text: string): { readonly compileMs: number; readonly firstSolveMs: number } {
  const { solver, milliseconds } = freshSolver(text);
  return { compileMs: milliseconds, firstSolveMs: timed(() => solver.solve(nominal(solver))) };
}

/** `starts`: initial states of the instances of the batch, where they are given. */
export function benchProblem(
  { name, text }: GalleryEntry,
  starts: readonly (readonly number[])[] | null = null,
): ProblemResult {
  const before = yardstick();
  const firstSolves: number[] = [];
  const compile = measure(() => {
    const { compileMs, firstSolveMs } = compileOnce(text);
    firstSolves.push(firstSolveMs);
    return compileMs;
  }, efforts.compile);

  const { solver } = freshSolver(text);
  const inputs = nominal(solver);
  let coldIterations = 0;
  let status = '';
  const cold = measure(
    () =>
      timed(() => {
        const solution = solver.solve(inputs);
        coldIterations = solution.iterations;
        status = solution.status;
      }),
    efforts.cold,
  );

  const warmIterations: number[] = [];
  let warmFailures = 0;
  let run = 0;
  const warm = measure(() => {
    solver.solve(inputs, {}, { warm: true });
    const stepped = withStep(inputs, run++ % inputs.parameters.length);
    return timed(() => {
      const solution = solver.solve(stepped, {}, { warm: true });
      solver.sensitivities();
      warmIterations.push(solution.iterations);
      if (solution.status !== 'converged') warmFailures++;
    });
  }, efforts.warm);

  solver.solve(inputs);
  const columns = solver.sensitivities().columns.length;
  const sensitivities = measure(() => {
    solver.solve(inputs, {}, { warm: true });
    return timed(() => solver.sensitivities());
  }, efforts.sensitivities);
  const first = solver.problem.controls.map(() => 1);
  const seed = { u: [...first, ...new Array<number>(first.length * (solver.problem.horizon.steps - 1)).fill(0)] };
  const adjoint = measure(() => timed(() => solver.adjoint(seed)), efforts.sensitivities);
  const value = measure(() => timed(() => solver.valueDerivatives()), efforts.sensitivities);
  const batch = benchBatch(solver, starts);
  const after = yardstick();
  const sorted = [...warmIterations].sort((a, b) => a - b);
  const { states, controls, horizon } = solver.problem;
  return {
    name,
    sizes: { states: states.length, controls: controls.length, steps: horizon.steps, columns },
    compile,
    firstSolve: summary(firstSolves.slice(-compile.runs)),
    cold,
    warm,
    sensitivities,
    adjoint,
    value,
    status,
    iterations: {
      cold: coldIterations,
      warmMedian: sorted[sorted.length >> 1] ?? 0,
      warmMost: sorted.at(-1) ?? 0,
    },
    warmFailures,
    batch,
    multiplyAddNs: ((before.median + after.median) / 2 / MULTIPLY_ADDS) * 1e6,
  };
}

let made = 0;

/** V8 keeps the code of modules it has seen, byte for byte: a procedure of its own name makes each one new. */
function renewed(module: Module): Module {
  const name = `fresh.${made++}`;
  const nothing = { name, parameters: 0, counters: 0, locals: 0, body: [], exported: true };
  return { ...module, procedures: [...module.procedures, nothing] };
}

function freshSolver(text: string): { readonly solver: DifferentiableSolver; readonly milliseconds: number } {
  const started = performance.now();
  const compiled = compileText(text);
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'));
  const solver = DifferentiableSolver.compile(compiled.problem, {}, (module) => instantiate(renewed(module)));
  return { solver, milliseconds: performance.now() - started };
}

function nominal({ problem }: DifferentiableSolver): Inputs {
  return {
    parameters: Float64Array.from(problem.parameters, ({ value }) => value),
    initial: new Float64Array(problem.states.length).fill(Number.NaN),
  };
}

function withStep({ parameters, initial }: Inputs, j: number): Inputs {
  const moved = parameters.slice();
  const value = parameters[j] ?? 0;
  moved[j] = value === 0 ? STEP : value * (1 + STEP);
  return { parameters: moved, initial };
}
