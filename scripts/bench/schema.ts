/** What the benchmark measures, as `--json` writes it. Times are in milliseconds unless the name says otherwise. */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.finite(), v.minValue(0));

const timing = v.strictObject({
  median: positive,
  least: positive,
  lowerQuartile: positive,
  upperQuartile: positive,
  runs: count,
});
export type Timing = v.InferOutput<typeof timing>;

const machine = v.strictObject({
  processor: v.string(),
  cores: count,
  /** Node or browser, with its version. */
  engine: v.string(),
  /** Two doubles to a vector, and their fused multiply-add. */
  vectors: v.boolean(),
  fused: v.boolean(),
  /** Whether threads may share memory. */
  sharedMemory: v.boolean(),
});
export type Machine = v.InferOutput<typeof machine>;

/** Floating-point operations a second, in units of 1e9, of multiply-adds in independent chains. */
const peak = v.strictObject({ scalar: positive, vector: positive });
export type Peak = v.InferOutput<typeof peak>;

/** In a process, or page, just started: nothing is optimised yet. */
const fresh = v.strictObject({
  compile: timing,
  firstSolve: timing,
  /** Megabytes: the most the process had, or the heap of the page. */
  memory: positive,
});
export type Fresh = v.InferOutput<typeof fresh>;

const parts = v.strictObject({
  /** All stage functions with their derivatives. */
  linearise: timing,
  /** Factorisation and solution of the linear-quadratic subproblem by the Riccati recursion. */
  riccati: timing,
  /** The same of the whole primal-dual system: bounds eliminated, refined where it is stiff. */
  kkt: timing,
  /** A real-time iteration, before and after the state is measured. */
  preparation: timing,
  feedback: timing,
  /** All columns at a solution, the factorisation included. */
  forward: timing,
  /** One seed, and gradient and Hessian of the optimal value, at a solution that is factorised already. */
  adjoint: timing,
  value: timing,
});
export type Parts = v.InferOutput<typeof parts>;

const threads = v.strictObject({
  threads: count,
  converged: count,
  /** Of the whole batch, on threads that run and know the problem. */
  time: timing,
  /** What all threads together have computed for it; null where nobody says. Other work on the machine leaves it alone. */
  processor: v.nullable(timing),
});
export type OnThreads = v.InferOutput<typeof threads>;

const batch = v.strictObject({
  instances: count,
  converged: count,
  iterations: count,
  /** Of the whole batch on one core, one after the other and two at a time in lanes. */
  alone: timing,
  inLanes: timing,
  pool: v.array(threads),
});
export type BatchResult = v.InferOutput<typeof batch>;

const problem = v.strictObject({
  name: v.string(),
  method: v.string(),
  sizes: v.strictObject({ states: count, controls: count, steps: count, columns: count }),
  /** Text -> solver: parse, graph, derivatives, kernels, WebAssembly. */
  compile: timing,
  /** The first solve of a new solver, in which V8 compiles the WebAssembly functions as they are first called. */
  firstSolve: timing,
  cold: timing,
  /** After a step of 1 % in one parameter after the other, from the last solution, with all sensitivities. */
  warm: timing,
  status: v.string(),
  iterations: v.strictObject({ cold: count, warmMedian: count, warmMost: count }),
  /** Of the warm solves, those that did not converge. */
  warmFailures: count,
  parts,
  /** Floating-point operations: of an iteration on average over the cold solve, as counted by running it; of parts. */
  operations: v.strictObject({ iteration: positive, linearise: positive, riccati: positive, kkt: positive }),
  /** Measured around this problem. */
  peak,
  /** Bytes: the solver's numbers, and its code without vectors. */
  memory: v.strictObject({ numbers: count, code: count }),
  batch,
});
export type ProblemResult = v.InferOutput<typeof problem>;

const growthPoint = v.strictObject({
  states: count,
  steps: count,
  status: v.string(),
  iterations: count,
  compile: timing,
  solve: timing,
  operations: positive,
});
export type GrowthPoint = v.InferOutput<typeof growthPoint>;

const growth = v.strictObject({
  points: v.array(growthPoint),
  /** p of least time and of operations an iteration ~ size^p, over the larger half of the sizes. */
  timeExponent: v.number(),
  operationsExponent: v.number(),
});
export type Growth = v.InferOutput<typeof growth>;

export const report = v.strictObject({
  machine,
  problems: v.array(v.strictObject({ ...problem.entries, fresh })),
  growth: v.nullable(v.strictObject({ steps: growth, states: growth })),
});
export type Report = v.InferOutput<typeof report>;
export type MeasuredProblem = Report['problems'][number];
