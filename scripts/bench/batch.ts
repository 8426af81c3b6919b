/** Many instances of one problem: on one core one after the other and two at a time in lanes, and on threads. */
import { BatchSolver, type Keep, type RemoteSweeps, type SweepPlan, sweep, type WorkerPool } from '../../src/batch';
import type { DifferentiableSolver } from '../../src/sensitivity';
import type { Inputs } from '../../src/solver';
import { type Effort, measure, measureAsync, summary, timed } from './measure';
import type { BatchResult, OnThreads } from './schema';

const SPREAD = 0.02;
const BATCH_MS = 150;
const FEWEST = 16;
const MOST = 500;
const THREADS = [1, 2] as const;

/** What is kept of each solution: the least that a sweep is of use for. */
export const outcome: Keep = {
  quantities: [
    { kind: 'objective', name: 'objective' },
    { kind: 'control', name: 'u', index: 0, stage: 0 },
    { kind: 'status', name: 'status' },
    { kind: 'message', name: 'message' },
  ],
  sensitivities: null,
};

/** Values of an instance, in the order of the names. */
interface Instances {
  readonly names: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

export interface Threads {
  /** Starts so many. */
  start(threads: number): Promise<WorkerPool<RemoteSweeps>>;
  /** Milliseconds of the processor, in all threads, since the program began; null where nobody says. */
  processorMs(): number | null;
}

export interface BatchOptions {
  readonly text: string;
  /** Initial states, each an instance; else parameters around those of the text. */
  readonly starts: readonly (readonly number[])[] | null;
  readonly threads: Threads;
  readonly effort: Effort;
  /** Of one solve, milliseconds. */
  readonly cold: number;
}

export async function benchBatch(solver: DifferentiableSolver, options: BatchOptions): Promise<BatchResult> {
  const { problem, method } = solver;
  const { text, starts, threads, effort, cold } = options;
  const base: Inputs = {
    parameters: Float64Array.from(problem.parameters, ({ value }) => value),
    initial: new Float64Array(problem.states.length).fill(Number.NaN),
  };
  const count = Math.max(FEWEST, Math.min(MOST, Math.round(BATCH_MS / cold)));
  const instances = starts ? fromStates(solver, starts) : aroundParameters(solver, count);
  const inputs = instances.rows.map((row) =>
    starts ? { ...base, initial: Float64Array.from(row) } : { ...base, parameters: Float64Array.from(row) },
  );
  const batch = BatchSolver.compile(problem, method);
  let converged = 0;
  let iterations = 0;
  const alone = measure(
    () =>
      timed(() => {
        for (const one of inputs) solver.solve(one);
      }),
    effort,
  );
  const inLanes = measure(
    () =>
      timed(() => {
        [converged, iterations] = [0, 0];
        for (const { solution } of batch.solve(inputs)) {
          if (solution.status === 'converged') converged++;
          iterations += solution.iterations;
        }
      }),
    effort,
  );
  const samples = { names: instances.names, values: Float64Array.from(instances.rows.flat()), shape: null };
  const plan: SweepPlan = { text, method: {}, settings: {}, base, samples, keep: outcome, warm: false };
  const onThreads: OnThreads[] = [];
  for (const count of THREADS) onThreads.push(await benchThreads(solver, plan, threads, count, effort));
  return { instances: inputs.length, converged, iterations, alone, inLanes, pool: onThreads };
}

async function benchThreads(
  { problem }: DifferentiableSolver,
  plan: SweepPlan,
  { start, processorMs }: Threads,
  threads: number,
  effort: Effort,
): Promise<OnThreads> {
  const pool = await start(threads);
  let converged = 0;
  const spent: number[] = [];
  const run = async (): Promise<number> => {
    const [began, before] = [performance.now(), processorMs()];
    const table = await sweep(pool, problem, plan);
    const [ended, after] = [performance.now(), processorMs()];
    converged = table.statuses().get('converged') ?? 0;
    if (before !== null && after !== null) spent.push(after - before);
    return ended - began;
  };
  await run();
  const time = await measureAsync(run, effort);
  pool.close();
  return { threads, converged, time, processor: spent.length > 0 ? summary(spent.slice(-time.runs)) : null };
}

function fromStates({ problem: { states } }: DifferentiableSolver, rows: Instances['rows']): Instances {
  return { names: states.map(({ name }) => `x0.${name}`), rows };
}

function aroundParameters({ problem: { parameters } }: DifferentiableSolver, count: number): Instances {
  const moved = (i: number): number[] =>
    parameters.map(({ value }, j) => value * (1 + SPREAD * Math.sin(1 + 2 * i + 3 * j)));
  return { names: parameters.map(({ name }) => name), rows: Array.from({ length: count }, (_, i) => moved(i)) };
}
