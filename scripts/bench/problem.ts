/** What one problem costs: compiled, solved cold, solved again warm after a small step, differentiated, in batches. */
import { instantiate, type Module } from '../../src/kernel';
import { compileText } from '../../src/language';
import { DifferentiableSolver } from '../../src/sensitivity';
import type { Inputs } from '../../src/solver';
import { benchBatch, type Threads } from './batch';
import { effortFor, measure, summary, timed } from './measure';
import { benchParts } from './parts';
import type { ProblemResult } from './schema';
import { yardstick } from './yardstick';

const STEP = 0.01;
/** Milliseconds that good figures take. */
const budgets = { compile: 1500, cold: 900, warm: 900, parts: 300, batch: 700 } as const;

export interface ProblemOptions {
  /** Initial states of the instances of the batch; null: parameters around those of the text. */
  readonly starts: readonly (readonly number[])[] | null;
  /** Of the time that good figures take. */
  readonly share: number;
}

export interface Example {
  readonly name: string;
  readonly text: string;
}

/** Milliseconds from text to solver, and of its first solve. */
export interface Compiled {
  readonly compileMs: number;
  readonly firstSolveMs: number;
}

export function compileOnce(text: string): Compiled {
  const { solver, milliseconds } = freshSolver(text);
  return { compileMs: milliseconds, firstSolveMs: timed(() => solver.solve(nominal(solver))) };
}

export async function benchProblem(
  { name, text }: Example,
  { starts, share }: ProblemOptions,
  threads: Threads,
): Promise<ProblemResult> {
  const before = yardstick();
  const firstSolves: number[] = [];
  const compile = measure(
    () => {
      const { compileMs, firstSolveMs } = compileOnce(text);
      firstSolves.push(firstSolveMs);
      return compileMs;
    },
    effortFor(share, budgets.compile),
  );

  const { solver } = freshSolver(text);
  const inputs = nominal(solver);
  solver.solve(inputs);
  const once = timed(() => solver.solve(inputs));
  let coldIterations = 0;
  let status = '';
  const cold = measure(
    () =>
      timed(() => {
        const solution = solver.solve(inputs);
        coldIterations = solution.iterations;
        status = solution.status;
      }),
    effortFor(share, budgets.cold, once),
  );

  const warmIterations: number[] = [];
  let warmFailures = 0;
  let run = 0;
  const warm = measure(
    () => {
      solver.solve(inputs, {}, { warm: true });
      const stepped = withStep(inputs, run++ % inputs.parameters.length);
      return timed(() => {
        const solution = solver.solve(stepped, {}, { warm: true });
        solver.sensitivities();
        warmIterations.push(solution.iterations);
        if (solution.status !== 'converged') warmFailures++;
      });
    },
    effortFor(share, budgets.warm, once),
  );

  solver.solve(inputs);
  const columns = solver.sensitivities().columns.length;
  const parts = benchParts(solver, inputs, effortFor(share, budgets.parts));
  const batchEffort = effortFor(share, budgets.batch);
  const batch = await benchBatch(solver, { text, starts, threads, effort: batchEffort, cold: cold.median });
  const after = yardstick();
  const sorted = [...warmIterations].sort((a, b) => a - b);
  const { states, controls, horizon } = solver.problem;
  return {
    name,
    method: solver.method.method,
    sizes: { states: states.length, controls: controls.length, steps: horizon.steps, columns },
    compile,
    firstSolve: summary(firstSolves.slice(-compile.runs)),
    cold,
    warm,
    status,
    iterations: {
      cold: coldIterations,
      warmMedian: sorted[sorted.length >> 1] ?? 0,
      warmMost: sorted.at(-1) ?? 0,
    },
    warmFailures,
    ...parts,
    peak: { scalar: Math.max(before.scalar, after.scalar), vector: Math.max(before.vector, after.vector) },
    batch,
  };
}

let made = 0;

/** V8 keeps the code of modules it has seen, byte for byte: a procedure of its own name makes each one new. */
function renewed(module: Module): Module {
  const name = `fresh.${made++}`;
  const nothing = { name, parameters: 0, counters: 0, locals: 0, body: [], exported: true };
  return { ...module, procedures: [...module.procedures, nothing] };
}

export function freshSolver(text: string): { readonly solver: DifferentiableSolver; readonly milliseconds: number } {
  const started = performance.now();
  const compiled = compileText(text);
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'));
  const solver = DifferentiableSolver.compile(compiled.problem, {}, (module) => instantiate(renewed(module)));
  return { solver, milliseconds: performance.now() - started };
}

export function nominal({ problem }: DifferentiableSolver): Inputs {
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
