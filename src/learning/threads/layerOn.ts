/**
 * A layer on several threads. Sample s belongs to thread s mod n, which keeps its warm start; batches are scattered and
 * gathered here. A thread that goes is replaced, and its samples begin at the guess again. Solutions come back with the outputs
 * and go out with the cotangents: threads know nothing of earlier batches, and backward is at the solutions that forward found
 * whatever has become of the threads meanwhile.
 */
import * as Comlink from 'comlink';
import type { Problem } from '../../problem';
import type { ColumnMap } from '../columns';
import { columnsOf, type Forward, type ForwardOptions, type Layer, type LayerGradient } from '../layer';
import { type LayerArrays, OutputMap, type OutputName } from '../outputs';
import type { LayerThreads, RemoteLayers } from './layerThreads';
import type { OpenedLayer, RemoteOptions, SolvedPart } from './layerWorker';
import { packed } from './points';

/** A problem, and the text that threads make it from. */
export interface LayerSource {
  readonly text: string;
  readonly problem: Problem;
}

export interface ThreadedForward<O extends OutputName> extends Forward<O> {
  /** Why a thread gave no answer, whose instances have failed then; empty: all did. */
  readonly stopped: string;
  backward(cotangents: Partial<LayerArrays<O>>): Promise<ThreadedGradient>;
}

export interface ThreadedGradient extends LayerGradient {
  /** Why a thread gave no answer, whose instances are masked then; empty: all did. */
  readonly stopped: string;
}

export type LayerOnResult<O extends OutputName> =
  | { readonly ok: true; readonly layer: LayerOnThreads<O> }
  | { readonly ok: false; readonly message: string };

/** Compiles the layer in every thread; says in plain words why it cannot. */
export async function ocpLayerOn<O extends OutputName>(
  threads: LayerThreads,
  source: LayerSource,
  options: RemoteOptions<O>,
): Promise<LayerOnResult<O>> {
  const found = columnsOf(source.problem, options);
  if (!found.ok) return found;
  const opening = new Opening(source.text, options);
  const answers = await Promise.all(
    Array.from({ length: threads.count }, (_, thread) => threads.call(thread, (remote) => opening.at(remote))),
  );
  for (const answer of answers) {
    if (!answer.ok) return { ok: false, message: threadStopped(answer.reason) };
    if (!answer.value.ok) return answer.value;
  }
  const outputs = new OutputMap(source.problem, options.outputs);
  return { ok: true, layer: new LayerOnThreads(threads, opening, found.columns, outputs) };
}

const threadStopped = (reason: string): string => `A thread of the layer stopped: ${reason}.`;

/** The instances of a batch that one thread has, and what it made of them; null: nothing. */
interface Share {
  readonly thread: number;
  readonly rows: readonly number[];
  readonly solved: SolvedPart | null;
}

export class LayerOnThreads<O extends OutputName> implements Layer<O> {
  constructor(
    private readonly threads: LayerThreads,
    private readonly opening: Opening,
    private readonly columns: ColumnMap,
    private readonly outputs: OutputMap<O>,
  ) {}

  get inputs(): readonly string[] {
    return this.columns.names;
  }

  width(name: O): number {
    return this.outputs.width(name);
  }

  async forget(): Promise<void> {
    await this.each((thread) => this.ask(thread, (remote, key) => remote.forget(key)));
  }

  /** Leaves the threads to others. */
  async close(): Promise<void> {
    await this.each((thread) => this.ask(thread, (remote, key) => remote.close(key)));
  }

  async forward(
    values: Float64Array,
    { samples, shift = false, near }: ForwardOptions = {},
  ): Promise<ThreadedForward<O>> {
    const width = this.columns.count;
    const batch = samples?.length ?? Math.floor(values.length / width);
    const sampleOf = (i: number): number => samples?.[i] ?? i;
    const given = values.slice();
    let stopped = '';
    const shares = await this.each(async (thread): Promise<Share> => {
      const rows = Array.from({ length: batch }, (_, i) => i).filter(
        (i) => sampleOf(i) % this.threads.count === thread,
      );
      if (rows.length === 0) return { thread, rows, solved: null };
      const answer = await this.ask(thread, (remote, key) => {
        const part = {
          values: gathered(given, rows, width),
          samples: Int32Array.from(rows, sampleOf),
          shift,
          near: near ? packed(rows.map((i) => near[i])) : null,
        };
        return remote.forward(key, Comlink.transfer(part, [part.values.buffer as ArrayBuffer]));
      });
      if (!answer.ok) stopped ||= threadStopped(answer.reason);
      return { thread, rows, solved: answer.ok ? answer.value : null };
    });
    const outputs = this.outputs.zeros(batch);
    const converged = new Uint8Array(batch);
    const iterations = new Int32Array(batch);
    for (const { rows, solved } of shares) {
      if (!solved) continue;
      scatter(solved.converged, converged, rows, 1);
      scatter(solved.iterations, iterations, rows, 1);
      for (const name of this.outputs.names) scatter(solved.outputs[name], outputs[name], rows, this.width(name));
    }
    return {
      batch,
      outputs,
      converged,
      failed: batch - converged.reduce((sum, one) => sum + one, 0),
      iterations,
      stopped,
      backward: (cotangents) => this.pullback(given, shares, cotangents),
    };
  }

  private async pullback(
    values: Float64Array,
    shares: readonly Share[],
    cotangents: Partial<LayerArrays<O>>,
  ): Promise<ThreadedGradient> {
    const width = this.columns.count;
    const inputs = new Float64Array(shares.reduce((batch, { rows }) => batch + rows.length, 0) * width);
    let [masked, doubtful, reason, stopped] = [0, 0, '', ''];
    await Promise.all(
      shares.map(async ({ thread, rows, solved }) => {
        const answer = solved && (await this.pullShare(thread, rows, solved, values, cotangents));
        if (!answer?.ok) {
          masked += rows.length;
          if (answer) stopped ||= threadStopped(answer.reason);
          return;
        }
        const pulled = answer.value;
        scatter(pulled.inputs, inputs, rows, width);
        masked += pulled.masked;
        doubtful += pulled.doubtful;
        reason ||= pulled.reason;
      }),
    );
    return { inputs, masked, doubtful, reason, stopped };
  }

  private pullShare(
    thread: number,
    rows: readonly number[],
    { points }: SolvedPart,
    values: Float64Array,
    cotangents: Partial<LayerArrays<O>>,
  ) {
    const given = this.outputs.names.filter((name) => cotangents[name] !== undefined);
    const rowsOf = (name: O): Float64Array => gathered(cotangents[name] ?? new Float64Array(0), rows, this.width(name));
    return this.ask(thread, (remote, key) =>
      remote.pullback(key, {
        values: gathered(values, rows, this.columns.count),
        points,
        cotangents: Object.fromEntries(given.map((name) => [name, rowsOf(name)])),
      }),
    );
  }

  /** Of a thread that has this layer open, as a new one in the place of another may not. */
  private ask<Result>(thread: number, request: (remote: RemoteLayers, key: number) => Promise<Result>) {
    return this.threads.call(thread, async (remote) => {
      await this.opening.at(remote);
      return request(remote, this.opening.key);
    });
  }

  private each<Result>(one: (thread: number) => Promise<Result>): Promise<Result[]> {
    return Promise.all(Array.from({ length: this.threads.count }, (_, thread) => one(thread)));
  }
}

let layers = 0;

/** A layer is opened once in every thread. */
class Opening {
  readonly key = layers++;
  private readonly opened = new Map<RemoteLayers, Promise<OpenedLayer>>();

  constructor(
    private readonly text: string,
    private readonly options: RemoteOptions,
  ) {}

  at(remote: RemoteLayers): Promise<OpenedLayer> {
    const known = this.opened.get(remote);
    if (known) return known;
    const opened = remote.open(this.key, this.text, this.options);
    this.opened.set(remote, opened);
    return opened;
  }
}

/** Those rows, one after the other. */
function gathered(values: Float64Array, rows: readonly number[], width: number): Float64Array {
  const found = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    found.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  return found;
}

/** Rows one after the other to where they belong. */
function scatter<Numbers extends Float64Array | Int32Array | Uint8Array>(
  values: Numbers,
  target: Numbers,
  rows: readonly number[],
  width: number,
): void {
  rows.forEach((row, i) => {
    target.set(values.subarray(i * width, (i + 1) * width), row * width);
  });
}
