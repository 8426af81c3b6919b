/**
 * One problem for many parameters and initial states on a GPU: the whole solve in single precision there, and what comes
 * back judged by its residuals and polished in double precision by the ordinary solver, started from it.
 */
import { bytesNeeded, Instances, Kernels } from '../../kernel';
import { elastic, type Problem } from '../../problem';
import { largestRelative } from '../../sensitivity';
import {
  compileSolver,
  defaults,
  type Inputs,
  type Settings,
  type Solution,
  SolutionReader,
  type Solver,
  type Status,
  settingsOf,
  solutionLayout,
} from '../../solver';
import type { DerivativeRequest } from './derivativeRequest';
import { type DeviceMethod, type DeviceSolver, defineDeviceSolver, names } from './deviceSolver';

/** Which instances the ordinary solver takes over: all, those above tolerance (solution or derivatives), or none. */
export type Polish = 'all' | 'marked' | 'none';

export interface GpuSettings extends Partial<Settings> {
  readonly polish?: Polish;
  /** Instances at a time; as many as the device takes where it is not given. */
  readonly chunk?: number;
}

export interface GpuInstance {
  readonly index: number;
  readonly inputs: Inputs;
}

/** How an instance ended: as the device left it, or polished; then `solution` is the ordinary solver's. */
export interface GpuEnded extends GpuInstance {
  readonly solution: Solution;
  readonly polished: boolean;
  /** On the device, in single precision. */
  readonly single: {
    readonly status: Status;
    readonly iterations: number;
    /** Largest of the KKT residuals; those of stationarity in units of the cost gradient's scale. */
    readonly residual: number;
    /** Null where none were asked for, and where there is no solution that has any. */
    readonly derivatives: SingleDerivatives | null;
  };
}

/** Of a solution, as the device has worked them out. */
export interface SingleDerivatives {
  /** [of][by] as they were asked for. */
  readonly values: Float64Array;
  /** Largest relative residual of their linear systems. */
  readonly residual: number;
}

/** What a device is made to do. */
export interface GpuOptions {
  readonly method?: DeviceMethod;
  readonly derivatives?: DerivativeRequest | null;
}

/** What became of a batch. Instances in `left` have not been solved: another solver goes on with them. */
export type GpuOutcome =
  | { readonly ok: true; readonly times: GpuTimes }
  | { readonly ok: false; readonly reason: string; readonly left: readonly GpuInstance[]; readonly times: GpuTimes };

/** Milliseconds, summed over the chunks. */
export interface GpuTimes {
  compile: number;
  upload: number;
  solve: number;
  download: number;
  polish: number;
}

export type Compiled =
  | { readonly ok: true; readonly batch: GpuBatch }
  | { readonly ok: false; readonly reason: string };

/** The numbers of a chunk after its solve, one instance after the other, or why there are none. */
type Ran =
  | { readonly ok: true; readonly numbers: Float32Array; readonly length: number }
  | { readonly ok: false; readonly reason: string; readonly full: boolean };

const stopped = (reason: string) => ({ ok: false, reason, full: false }) as const;

/** Largest KKT error of a solution in single precision, and the barrier value it ends at. */
const SINGLE_TOLERANCE = 1e-3;
const SINGLE_BARRIER = 1e-5;
const SINGLE_ITERATIONS = 200;
/** Derivatives whose systems are solved less accurately are marked. */
const COARSE_DERIVATIVES = 1e-2;
/** Rounds of all shaders: an iteration takes one or a few. */
const MOST_ROUNDS = 20_000;
/** Instances of a chunk at most: beyond, a GPU gains nothing. */
const MOST_INSTANCES = 65_536;
/** Chunks are not made smaller than this for want of memory. */
const FEWEST_INSTANCES = 64;

export class GpuBatch {
  private readonly reader: SolutionReader;
  private readonly current = new Map<string, Float64Array>();
  private lost: string | null = null;
  /** Of the ordinary solver, made when first wanted. */
  private alone: Solver | null = null;

  /** Compiles all shaders; says why not where the device or its driver refuses. */
  static async compile(
    device: GPUDevice,
    problem: Problem,
    { method = 'interior-point', derivatives = null }: GpuOptions = {},
  ): Promise<Compiled> {
    const began = performance.now();
    let lost = '';
    device.lost.then((loss) => {
      lost = describeLoss(loss);
    });
    try {
      const settings = {
        ...defaults,
        tolerance: SINGLE_TOLERANCE,
        tau: SINGLE_BARRIER,
        maxIterations: SINGLE_ITERATIONS,
      };
      const solver = defineDeviceSolver(problem, method, settings, derivatives);
      const kernels = new Kernels(device, solver.shader);
      await Promise.all([...solver.shader.code.keys()].map((entry) => kernels.pipeline(entry)));
      // A lost device makes pipelines too; they do nothing.
      if (lost) return { ok: false, reason: lost };
      return { ok: true, batch: new GpuBatch(device, problem, solver, kernels, performance.now() - began) };
    } catch (error) {
      return { ok: false, reason: `The GPU does not take this problem: ${messageOf(error)}` };
    }
  }

  private constructor(
    private readonly device: GPUDevice,
    readonly problem: Problem,
    private readonly solver: DeviceSolver,
    private readonly kernels: Kernels,
    readonly compileMs: number,
  ) {
    const { workspace } = solver;
    for (const { buffer, count } of solver.outputs) this.current.set(buffer, new Float64Array(count));
    this.reader = new SolutionReader(solutionLayout(workspace), (name) => this.number(name));
    device.lost.then((loss) => {
      this.lost = describeLoss(loss);
    });
  }

  /** Instances that fit into the device's buffers at once. */
  get capacity(): number {
    return capacityWithin(this.kernels, this.device.limits);
  }

  /** Chunk by chunk, in order; the outcome says what was not solved and why. */
  async *solve(
    instances: readonly Inputs[],
    { polish = 'all', chunk: wanted = MOST_INSTANCES, ...given }: GpuSettings = {},
  ): AsyncGenerator<GpuEnded, GpuOutcome> {
    const settings = { ...defaults, ...settingsOf(this.problem), ...given };
    const times: GpuTimes = { compile: this.compileMs, upload: 0, solve: 0, download: 0, polish: 0 };
    const numbered = instances.map((inputs, index) => ({ index, inputs }));
    let size = Math.max(1, Math.min(wanted, this.capacity));
    for (let first = 0; first < numbered.length; ) {
      const chunk = numbered.slice(first, first + size);
      const answer = await this.run(chunk, times);
      if (!answer.ok) {
        // What is left of the memory may do for fewer at a time.
        if (answer.full && chunk.length > FEWEST_INSTANCES) {
          size = Math.ceil(chunk.length / 2);
          continue;
        }
        return { ok: false, reason: answer.reason, left: numbered.slice(first), times };
      }
      first += size;
      const { length } = answer;
      for (const [i, instance] of chunk.entries()) {
        const began = performance.now();
        const ended = this.judge(instance, answer.numbers.subarray(i * length, (i + 1) * length), polish, settings);
        times.polish += performance.now() - began;
        yield ended;
      }
    }
    return { ok: true, times };
  }

  private async run(chunk: readonly GpuInstance[], times: GpuTimes): Promise<Ran> {
    const { device, kernels } = this;
    const { machine } = this.solver;
    if (this.lost) return stopped(this.lost);
    let held: Instances | null = null;
    try {
      const clock = stopwatch();
      device.pushErrorScope('out-of-memory');
      device.pushErrorScope('validation');
      held = new Instances(kernels, chunk.length);
      await held.write(names.inputs, inputNumbers(chunk));
      await held.run(machine.begin);
      const [refused, full] = [await device.popErrorScope(), await device.popErrorScope()];
      if (full) return { ...stopped(`The memory of the GPU is full: ${full.message}`), full: true };
      if (refused) return stopped(`The GPU refuses: ${refused.message}`);
      await device.queue.onSubmittedWorkDone();
      times.upload += clock();
      const round = machine.leaves.flatMap((leaf) => [machine.advance, leaf]);
      await held.iterate(round, MOST_ROUNDS, () => this.lost === null);
      times.solve += clock();
      const numbers = await held.read(names.outputs);
      times.download += clock();
      return this.lost ? stopped(this.lost) : { ok: true, numbers, length: numbers.length / chunk.length };
    } catch (error) {
      return stopped(this.lost ?? `The GPU stopped: ${messageOf(error)}`);
    } finally {
      held?.destroy();
    }
  }

  private judge(instance: GpuInstance, numbers: Float32Array, polish: Polish, settings: Settings): GpuEnded {
    let from = 0;
    for (const { buffer, count } of this.solver.outputs) {
      this.number(buffer).set(numbers.subarray(from, from + count));
      from += count;
    }
    const status = this.reader.status() ?? 'iteration-limit';
    const iterations = this.number(names.iterations)[0];
    const raw = this.reader.solution(status, iterations);
    const residual = Math.max(raw.kkt.stationarity, raw.kkt.feasibility, raw.kkt.complementarity);
    const derivatives = this.derivatives(status);
    const single = { status, iterations, residual, derivatives };
    const coarse = status !== 'converged' || (derivatives !== null && !(derivatives.residual <= COARSE_DERIVATIVES));
    const wanted = polish === 'all' || (polish === 'marked' && coarse);
    if (!wanted) return { ...instance, solution: raw, polished: false, single };
    this.alone ??= compileSolver(this.problem, undefined, undefined, () => compileSolver(elastic(this.problem)));
    const usable = raw.x.every(Number.isFinite) && raw.u.every(Number.isFinite);
    const near = usable && status !== 'not-a-number' ? { near: raw } : {};
    return { ...instance, solution: this.alone.solve(instance.inputs, settings, near), polished: true, single };
  }

  private derivatives(status: Status): SingleDerivatives | null {
    const values = this.current.get(names.derivatives);
    if (!values || status !== 'converged' || this.number(names.definite)[0] !== 1) return null;
    const residuals = [names.dualResiduals, names.primalResiduals].map((name) => largestRelative(this.number(name)));
    return { values: values.slice(), residual: Math.max(...residuals) };
  }

  private number(name: string): Float64Array {
    const found = this.current.get(name);
    if (!found) throw new Error(`${name} is not read from the device`);
    return found;
  }
}

/** At most MOST_INSTANCES, and at least one: that it does not fit either is for the device to say. */
export function capacityWithin(
  kernels: Pick<Kernels, 'shader'>,
  {
    maxBufferSize,
    maxStorageBufferBindingSize,
  }: Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>,
): number {
  const most = Math.min(maxBufferSize, maxStorageBufferBindingSize);
  let capacity = MOST_INSTANCES;
  while (capacity > 1 && bytesNeeded(kernels, capacity) > most) capacity /= 2;
  return capacity;
}

const describeLoss = ({ message, reason }: GPUDeviceLostInfo): string => `The GPU was lost (${message || reason}).`;

function inputNumbers(chunk: readonly GpuInstance[]): Float32Array<ArrayBuffer> {
  const length = chunk[0].inputs.parameters.length + chunk[0].inputs.initial.length;
  const numbers = new Float32Array(length * chunk.length);
  for (const [i, { inputs }] of chunk.entries()) {
    numbers.set(inputs.parameters, i * length);
    numbers.set(inputs.initial, i * length + inputs.parameters.length);
  }
  return numbers;
}

/** Milliseconds since it was last asked. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const passed = now - last;
    last = now;
    return passed;
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
