/**
 * The differentiable layer, on this thread and on two others: the batch of input-bounded LQR problems (nx 8, nu 4, N 20, batch 128), derivatives
 * with respect to all 248 parameters, beside native figures. Run as `npm run bench:layer`; `-- FILE` names the data.
 */
import '../src/cli/fused';
import { cpus } from 'node:os';
import { layerThreads } from '../src/cli/layerThreads';
import { number, table } from '../src/cli/table';
import { gallery } from '../src/gallery/node';
import { knownProblem } from '../src/language';
import { type Layer, type LayerOptions, type LayerThreads, ocpLayer, ocpLayerOn } from '../src/learning';
import {
  type BoundedLqrBatch,
  type BoundedLqrCase,
  exactGradient,
  lqrParameters,
  readBoundedLqr,
} from './bench/boundedLqr';
import { type Effort, measureAsync } from './bench/measure';
import type { Timing } from './bench/schema';

/** acados, one core, milliseconds (README.md of the data): solve, factorise, adjoint. */
const native: ReadonlyMap<number, readonly [number, number, number]> = new Map([
  [1e4, [14.8, 12.9, 9.9]],
  [2, [21.5, 12.9, 9.7]],
  [1, [29.0, 12.8, 9.7]],
]);
const effort: Effort = { warmUpMs: 800, budgetMs: 1500, leastRuns: 20, mostRuns: 400 };
const WIDTH = 150;
/** Beside the thread that asks. */
const THREADS = 2;

interface Result {
  readonly umax: number;
  /** 0: this one. */
  readonly threads: number;
  readonly solve: Timing;
  /** Once more at parameters moved by 0.1 %, from the last solutions. */
  readonly warm: Timing;
  /** Going to each solution, factorising there, and one adjoint. */
  readonly backward: Timing;
  readonly iterations: number;
  readonly failed: number;
  readonly worstControl: number;
  /** Of the sum over the batch, relative to the largest entry. */
  readonly worstGradient: number;
  readonly complementarity: number;
}

type Measured = Layer<'u0' | 'u'>;

async function layerFor(umax: number, warm: boolean, threads: LayerThreads | null): Promise<Measured> {
  const text = gallery.find(({ name }) => name === 'bounded-lqr-batch')?.text ?? '';
  const problem = knownProblem(text);
  const parameters = Float64Array.from(problem.parameters, ({ name, value }) => (name === 'u_max' ? umax : value));
  const options: LayerOptions<'u0' | 'u'> = {
    inputs: ['A', 'B', 'b', 'H', 'x0'],
    outputs: ['u0', 'u'],
    fixed: { parameters },
    warm,
  };
  const made = threads ? await ocpLayerOn(threads, { text, problem }, options) : ocpLayer(problem, options);
  if (!made.ok) throw new Error(made.message);
  return made.layer;
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function run(data: BoundedLqrBatch, given: BoundedLqrCase, threads: LayerThreads | null): Promise<Result> {
  const theta = lqrParameters(data);
  const inputs = Float64Array.from(data.x0.flatMap((x0) => [...theta, ...x0]));
  const moved = inputs.map((value, i) => value * (1 + 1e-3 * Math.sin(i)));
  const layer = await layerFor(given.umax, false, threads);
  const seed = { u0: new Float64Array(data.dims.batch * data.dims.nu).fill(1) };
  const forward = await layer.forward(inputs);
  const gradient = await forward.backward(seed);
  const sum = new Float64Array(theta.length);
  const columns = layer.inputs.length;
  gradient.inputs.forEach((value, i) => {
    if (i % columns < theta.length) sum[i % columns] += value;
  });
  const warmLayer = await layerFor(given.umax, true, threads);
  return {
    umax: given.umax,
    threads: threads?.count ?? 0,
    solve: await measureAsync(() => timed(() => layer.forward(inputs)), effort),
    backward: await measureAsync(() => timed(() => forward.backward(seed)), effort),
    warm: await measureAsync(async () => {
      await warmLayer.forward(inputs);
      return timed(() => warmLayer.forward(moved));
    }, effort),
    iterations: forward.iterations.reduce((total, count) => total + count, 0) / data.dims.batch,
    failed: forward.failed + gradient.masked,
    worstControl: worst(forward.outputs.u, given.u.flat(2)),
    worstGradient: worst(sum, exactGradient(given)),
    complementarity: Math.min(...given.strictComplementarity),
  };
}

/** Relative to the largest entry of what is exact. */
function worst(values: Float64Array, exact: readonly number[]): number {
  const size = exact.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return exact.reduce((most, value, i) => Math.max(most, Math.abs(values[i] - value)), 0) / size;
}

const data = readBoundedLqr(process.argv[2] ?? '../shared/benchmarks/bounded_lqr_batch128.json');
const threads = await layerThreads(THREADS);
const results: Result[] = [];
for (const given of data.cases) for (const place of [null, threads]) results.push(await run(data, given, place));
threads.close();
const column = (heading: string, cell: (result: Result) => string) => ({ heading, cells: results.map(cell) });
const spread = ({ least, median }: Timing): string => `${number(least, 3)} (${number(median, 3)})`;
const nativeOf = ({ umax, threads }: Result, write: (figures: readonly number[]) => string): string => {
  const figures = threads === 0 && native.get(umax);
  return figures ? write(figures) : '';
};
const lines = table(
  [
    column('umax', ({ umax }) => String(umax)),
    column('threads', ({ threads }) => (threads === 0 ? 'this' : String(threads))),
    column('solve', ({ solve }) => spread(solve)),
    column('acados', (result) => nativeOf(result, ([solve]) => number(solve, 3))),
    column('warm', ({ warm }) => spread(warm)),
    column('factorise + adjoint', ({ backward }) => spread(backward)),
    column('acados', (result) => nativeOf(result, ([, factorise, adjoint]) => number(factorise + adjoint, 3))),
    column('iterations', ({ iterations }) => number(iterations, 3)),
    column('failed', ({ failed }) => String(failed)),
    column('error of u', ({ worstControl }) => number(worstControl, 4)),
    column('of gradient', ({ worstGradient }) => number(worstGradient, 4)),
    column('strict compl.', ({ complementarity }) => number(complementarity, 4)),
  ],
  WIDTH,
);
const { batch, nx, nu, N } = data.dims;
console.log(`${cpus()[0].model}, figures of acados on one core; Node ${process.versions.node}`);
console.log(
  `Batch of ${batch}, nx ${nx}, nu ${nu}, N ${N}, gradients with respect to ${lqrParameters(data).length} parameters.`,
);
console.log('Milliseconds for the batch: least and, in brackets, median.\n');
console.log(lines.join('\n'));
