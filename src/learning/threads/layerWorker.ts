/** The worker's end of a layer on threads: the layer itself, asked for parts of batches. */
import type { Problem } from '../../problem';
import { type LayerGradient, type LayerOptions, type OcpLayer, ocpLayer } from '../layer';
import type { LayerArrays, OutputName } from '../outputs';
import { type Points, packed, unpacked } from './points';

/** Options as plain data: who solves is the thread itself. */
export type RemoteOptions<O extends OutputName = OutputName> = Omit<LayerOptions<O>, 'solve'>;

/** Part of a batch. Arrays are row-major, the instance first. */
export interface Part {
  /** [part][inputs] */
  readonly values: Float64Array;
  /** Which sample each instance is. */
  readonly samples: Int32Array;
  readonly shift: boolean;
  /** Where instances start; null: at their samples' last solutions, or at the guess. */
  readonly near: Points | null;
}

export interface SolvedPart {
  readonly outputs: LayerArrays<OutputName>;
  readonly converged: Uint8Array;
  readonly iterations: Int32Array;
  /** The solutions, to be differentiated at. */
  readonly points: Points;
}

export interface PulledPart {
  readonly values: Float64Array;
  readonly points: Points;
  readonly cotangents: Partial<LayerArrays<OutputName>>;
}

export type OpenedLayer = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** Gives the problem of a text that is known to be right. */
export type CompileLayer = (text: string) => Problem;

/** Calls of a layer's thread; `key` is the number of a layer. */
export interface LayerService {
  open(key: number, text: string, options: RemoteOptions): OpenedLayer;
  forward(key: number, part: Part): SolvedPart;
  pullback(key: number, part: PulledPart): LayerGradient;
  forget(key: number): void;
  close(key: number): void;
}

export class LayerWorker implements LayerService {
  private readonly layers = new Map<number, OcpLayer<OutputName>>();

  constructor(private readonly compile: CompileLayer) {}

  open(key: number, text: string, options: RemoteOptions): OpenedLayer {
    const made = ocpLayer(this.compile(text), options);
    if (!made.ok) return made;
    this.layers.set(key, made.layer);
    return { ok: true };
  }

  forward(key: number, { values, samples, shift, near }: Part): SolvedPart {
    const run = this.at(key).forward(values, { samples, shift, ...(near && { near: unpacked(near) }) });
    const { outputs, converged, iterations, solutions } = run;
    return {
      outputs,
      converged,
      iterations,
      points: packed(solutions.map((solution, i) => (converged[i] ? solution : null))),
    };
  }

  pullback(key: number, { values, points, cotangents }: PulledPart): LayerGradient {
    return this.at(key).pullback(values, unpacked(points), cotangents);
  }

  forget(key: number): void {
    this.at(key).forget();
  }

  close(key: number): void {
    this.layers.delete(key);
  }

  private at(key: number): OcpLayer<OutputName> {
    const layer = this.layers.get(key);
    if (!layer) throw new Error('this layer is not open here');
    return layer;
  }
}
