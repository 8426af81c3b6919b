/** The worker's end of a sweep: compiles a problem once, then solves chunks of its instances. */
import type { Problem } from '../../problem';
import { BatchSolver } from '../batchSolver';
import { isStopped, type StopFlag } from '../pool';
import type { Column } from './column';
import { Derivatives } from './derivatives';
import { Recorder } from './keep';
import { inputsAt, type SweepPlan, type Target, targetOf } from './plan';

/** What a worker has to know of a sweep before its first chunk. */
export interface Setup extends Omit<SweepPlan, 'samples'> {
  readonly names: readonly string[];
}

export interface Chunk {
  /** [count][names] */
  readonly values: Float64Array;
  readonly count: number;
}

/** Gives the problem of a text that is known to be right. */
export type Compile = (text: string) => Problem;

/** Calls of a pool's thread; `key` is the number of a sweep. */
export interface SweepService {
  open(key: number, setup: Setup): void;
  /** The code of the lanes, for other threads. */
  compiled(key: number): WebAssembly.Module | null;
  adopt(key: number, compiled: WebAssembly.Module): void;
  /** Columns with a row for each instance; null where it was asked to stop before the end. */
  solve(key: number, chunk: Chunk, stop: StopFlag | null): Column[] | null;
  close(key: number): void;
}

interface Opened {
  readonly setup: Setup;
  readonly targets: readonly Target[];
  readonly batch: BatchSolver;
  readonly derivatives: Derivatives;
}

export class SweepWorker implements SweepService {
  private readonly sweeps = new Map<number, Opened>();

  constructor(private readonly compile: Compile) {}

  open(key: number, setup: Setup): void {
    const problem = this.compile(setup.text);
    this.sweeps.set(key, {
      setup,
      targets: setup.names.flatMap((name) => targetOf(problem, name) ?? []),
      batch: BatchSolver.compile(problem, setup.method),
      derivatives: new Derivatives(problem, setup),
    });
  }

  compiled(key: number): WebAssembly.Module | null {
    return this.at(key).batch.compiled;
  }

  adopt(key: number, compiled: WebAssembly.Module): void {
    this.at(key).batch.adopt(compiled);
  }

  solve(key: number, { values, count }: Chunk, stop: StopFlag | null): Column[] | null {
    const { setup, targets, batch, derivatives } = this.at(key);
    const { keep, warm, settings, base } = setup;
    const recorder = new Recorder(keep, batch.problem, count);
    const width = targets.length;
    const instances = Array.from({ length: count }, (_, n) =>
      inputsAt(base, targets, values.subarray(n * width, (n + 1) * width)),
    );
    for (const { index, inputs, solution } of batch.solve(instances, { ...settings, warm })) {
      if (isStopped(stop)) return null;
      recorder.record(index, solution, derivatives.at(inputs, solution));
    }
    return recorder.columns;
  }

  close(key: number): void {
    this.sweeps.delete(key);
  }

  private at(key: number): Opened {
    const opened = this.sweeps.get(key);
    if (!opened) throw new Error('this sweep is not open here');
    return opened;
  }
}

/** What is moved rather than copied. Columns may share a buffer. */
export const buffersOf = (columns: readonly Column[]): ArrayBuffer[] => [
  ...new Set(columns.map(({ values }) => values.buffer as ArrayBuffer)),
];
