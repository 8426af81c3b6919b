/** A sweep over a pool: chunks go out, columns come back. */
import * as Comlink from 'comlink';
import type { BatchCode } from '../batchSolver';
import type { Circumstances, RemoteOf, WorkerPool } from '../pool';
import type { Widths } from './keep';
import { chunkSize, chunks, orderOf, type SweepPlan, targetOf } from './plan';
import type { Shape } from './shape';
import { isShared, numbersToShare } from './shared';
import type { Chunk, Setup, SweepService } from './sweepWorker';
import { SweepTable } from './table';

/** The service from another thread. */
export type RemoteSweeps = RemoteOf<SweepService>;

export interface SweepOptions {
  /** Jobs of higher priority go first; default 0. */
  readonly priority?: number;
  readonly signal?: AbortSignal;
  /** The instances to solve, in this order; all if left out. */
  readonly rows?: Int32Array;
  /** Rows that other means have filled already. */
  readonly table?: SweepTable;
  /** The batch solver of the plan's text and method, where it is compiled already. */
  readonly code?: BatchCode;
  /** After every chunk: the rows that have arrived with it. */
  readonly onRows?: (table: SweepTable, rows: Int32Array) => void;
}

let sweeps = 0;

/** Every row of the table has a status in the end; after an abort those not solved are `cancelled`. */
export async function sweep(
  pool: WorkerPool<RemoteSweeps>,
  problem: Shape,
  plan: SweepPlan,
  { priority, signal, rows = orderOf(plan), table, code, onRows }: SweepOptions = {},
): Promise<SweepTable> {
  const { samples, ...rest } = plan;
  const setup: Setup = {
    ...rest,
    warm: plan.warm && samples.shape !== null,
    targets: samples.names.flatMap((name) => targetOf(problem, name) ?? []),
    widths: widthsOf(problem),
  };
  const width = samples.names.length;
  const filled = table ?? new SweepTable(plan.keep, samples.values.length / width);
  const opening = new Opening(sweeps++, setup, code ?? null);
  const chunkOf = isShared(filled.numbers)
    ? chunksInPlace(samples.values, filled.numbers)
    : chunksCopied(samples.values, width);
  const tasks = chunks(rows, chunkSize(problem));
  const waiting = new Set(tasks);
  await pool.run<Int32Array, Awaited<ReturnType<SweepService['solve']>>>({
    tasks,
    priority,
    signal,
    work: async (remote, task, circumstances) => {
      await opening.at(remote, circumstances);
      return remote.solve(opening.key, chunkOf(task), circumstances.stop);
    },
    deliver: (answer, task) => {
      waiting.delete(task);
      if (!answer.ok) filled.fail(task, 'crashed', `The solver stopped: ${answer.reason}.`);
      else if (answer.value) filled.put(task, answer.value);
      onRows?.(filled, task);
    },
  });
  for (const task of waiting) filled.fail(task, 'cancelled', 'Cancelled.');
  opening.close();
  return filled;
}

type MakeChunk = (rows: Int32Array) => Chunk;

/** Samples are read, and numbers written, where they are. */
function chunksInPlace(values: Float64Array, numbers: Float64Array): MakeChunk {
  const samples = numbersToShare(values.length);
  samples.set(values);
  return (rows) => ({ samples, rows, numbers });
}

/** Every chunk with its own samples, which are moved rather than copied once more. */
function chunksCopied(values: Float64Array, width: number): MakeChunk {
  return (rows) => {
    const samples = new Float64Array(rows.length * width);
    rows.forEach((row, i) => {
      samples.set(values.subarray(row * width, (row + 1) * width), i * width);
    });
    return Comlink.transfer({ samples, rows: rows.map((_, i) => i), numbers: null }, [samples.buffer]);
  };
}

/** Lengths alone: the names and expressions of a problem stay here. */
function widthsOf({ states, controls, algebraics }: Shape): Widths {
  const lengthOf = ({ length }: { readonly length: number }) => ({ length });
  return { states: lengthOf(states), controls: lengthOf(controls), algebraics: lengthOf(algebraics) };
}

/** A sweep is opened once in every thread that has a chunk of it; the first compiles it, and the others take what it has. */
class Opening {
  private readonly opened = new Map<RemoteSweeps, Promise<void>>();
  private code: Promise<BatchCode | null> | null;

  constructor(
    readonly key: number,
    private readonly setup: Setup,
    code: BatchCode | null,
  ) {
    this.code = code && Promise.resolve(code);
  }

  at(remote: RemoteSweeps, circumstances: Circumstances): Promise<void> {
    const known = this.opened.get(remote);
    if (known) return known;
    const opened = this.open(remote, circumstances);
    this.opened.set(remote, opened);
    return opened;
  }

  close(): void {
    for (const remote of this.opened.keys()) remote.close(this.key);
  }

  private async open(remote: RemoteSweeps, { lost }: Circumstances): Promise<void> {
    if (this.code === null) {
      const first = remote.open(this.key, this.setup, null);
      // A thread that goes, or fails, first leaves the others to compile for themselves.
      const compiled = first.then(() => remote.code(this.key)).catch(() => null);
      this.code = Promise.race([compiled, lost.then(() => null)]);
      await first;
    } else await remote.open(this.key, this.setup, await this.code);
  }
}
