/** The worker's end of a sweep: compiles a problem once, then solves chunks of its instances. */
import type { Problem } from '../../problem';
import { type BatchCode, BatchSolver } from '../batchSolver';
import { isStopped, type StopFlag } from '../pool';
import type { Column } from './column';
import { Derivatives } from './derivatives';
import { Recorder, type Widths } from './keep';
import { inputsAt, type SweepPlan, type Target } from './plan';
import { writeRows } from './shared';

/** What a worker has to know of a sweep before its first chunk. */
export interface Setup extends Omit<SweepPlan, 'samples'> {
  readonly targets: readonly Target[];
  readonly widths: Widths;
}

export interface Chunk {
  /** [instances][targets]: of all in shared memory, or of the chunk alone. */
  readonly samples: Float64Array;
  /** Which instances of these. */
  readonly rows: Int32Array;
  /** [columns of numbers][instances] of the table, to be written to; null where memory cannot be shared. */
  readonly numbers: Float64Array | null;
}

/** Gives the problem of a text that is known to be right. */
export type Compile = (text: string) => Problem;

/** Calls of a pool's thread; `key` is the number of a sweep. */
export interface SweepService {
  /** `code`: of the same text and method, as another thread has compiled it; null: compiled here, where it is new. */
  open(key: number, setup: Setup, code: BatchCode | null): void;
  /** For other threads. */
  code(key: number): BatchCode;
  /** Columns with a row for each instance; null where it was asked to stop before the end. */
  solve(key: number, chunk: Chunk, stop: StopFlag | null): Column[] | null;
  close(key: number): void;
}

interface Opened {
  readonly setup: Setup;
  readonly batch: BatchSolver;
  readonly derivatives: Derivatives;
}

/** Problems that one goes back and forth between. */
const KEPT = 4;

export class SweepWorker implements SweepService {
  private readonly sweeps = new Map<number, Opened>();
  /** By text and method; the one used last is the last. */
  private readonly batches = new Map<string, BatchSolver>();

  constructor(private readonly compile: Compile) {}

  open(key: number, setup: Setup, code: BatchCode | null): void {
    const batch = this.batchFor(setup, code);
    const derivatives = new Derivatives(() => this.compile(setup.text), setup);
    this.sweeps.set(key, { setup, batch, derivatives });
  }

  code(key: number): BatchCode {
    return this.at(key).batch.code;
  }

  solve(key: number, { samples, rows, numbers }: Chunk, stop: StopFlag | null): Column[] | null {
    if (isStopped(stop)) return null;
    const { setup, batch, derivatives } = this.at(key);
    const { keep, warm, settings, base, targets, widths } = setup;
    const recorder = new Recorder(keep, widths, rows.length);
    const width = targets.length;
    const instances = Array.from(rows, (row) =>
      inputsAt(base, targets, samples.subarray(row * width, (row + 1) * width)),
    );
    for (const { index, inputs, solution } of batch.solve(instances, { ...settings, warm })) {
      if (isStopped(stop)) return null;
      recorder.record(index, solution, derivatives.at(inputs, solution));
    }
    return numbers ? writeRows(numbers, rows, recorder.columns) : recorder.columns;
  }

  close(key: number): void {
    this.sweeps.delete(key);
  }

  private batchFor({ text, method }: Setup, code: BatchCode | null): BatchSolver {
    const name = JSON.stringify([method, text]);
    const compile = (): BatchSolver => BatchSolver.compile(this.compile(text), method);
    const batch = this.batches.get(name) ?? (code ? BatchSolver.adopt(code, compile) : compile());
    this.batches.delete(name);
    this.batches.set(name, batch);
    for (const oldest of [...this.batches.keys()].slice(0, -KEPT)) this.batches.delete(oldest);
    return batch;
  }

  private at(key: number): Opened {
    const opened = this.sweeps.get(key);
    if (!opened) throw new Error('this sweep is not open here');
    return opened;
  }
}

/** What is moved rather than copied. Columns may share a buffer. */
export const buffersOf = (columns: readonly Column[]): ArrayBuffer[] => [
  ...new Set(columns.flatMap((column) => (column.kind === 'shared' ? [] : [column.values.buffer as ArrayBuffer]))),
];
