/**
 * A layer that is solved on a GPU: forward there, all instances at once in single precision, and from where that ends in double
 * precision by another layer, on this thread or on others, which goes backward too. What the device leaves unsolved, or gives
 * up, that layer solves from the beginning.
 */
import { GpuBatch } from '../../batch/gpu';
import type { Problem } from '../../problem';
import { methodOf, type PrimalDual } from '../../solver';
import type { ColumnMap } from '../columns';
import { columnsOf, type Forward, type ForwardOptions, type Layer, type LayerOptions, ocpLayer } from '../layer';
import type { OutputName } from '../outputs';

export interface DeviceForward<O extends OutputName> extends Forward<O> {
  /** Instances that have been solved on the device. */
  readonly onDevice: number;
  /** Why that has given up; empty: it has not. */
  readonly deviceStopped: string;
}

export type DeviceLayerResult<O extends OutputName> =
  | { readonly ok: true; readonly layer: LayerOnDevice<O> }
  | { readonly ok: false; readonly message: string };

/** `exact`: the same layer elsewhere; if left out, on this thread. */
export async function ocpLayerOnDevice<O extends OutputName>(
  device: GPUDevice,
  problem: Problem,
  options: LayerOptions<O>,
  exact?: Layer<O>,
): Promise<DeviceLayerResult<O>> {
  const found = columnsOf(problem, options);
  if (!found.ok) return found;
  const made = exact ? { ok: true as const, layer: exact } : ocpLayer(problem, options);
  if (!made.ok) return made;
  const method = methodOf(problem, options.method).method === 'admm' ? 'admm' : 'interior-point';
  const compiled = await GpuBatch.compile(device, problem, { method });
  if (!compiled.ok) return { ok: false, message: compiled.reason };
  return { ok: true, layer: new LayerOnDevice(compiled.batch, found.columns, made.layer) };
}

export class LayerOnDevice<O extends OutputName> implements Layer<O> {
  constructor(
    private readonly device: Pick<GpuBatch, 'solve'>,
    private readonly columns: ColumnMap,
    private readonly exact: Layer<O>,
  ) {}

  get inputs(): readonly string[] {
    return this.exact.inputs;
  }

  width(name: O): number {
    return this.exact.width(name);
  }

  async forget(): Promise<void> {
    await this.exact.forget();
  }

  async forward(values: Float64Array, options: ForwardOptions = {}): Promise<DeviceForward<O>> {
    const batch = options.samples?.length ?? Math.floor(values.length / this.columns.count);
    const given = values.slice();
    const { near, deviceStopped } = await this.solve(given, batch);
    const run = await this.exact.forward(given, { ...options, near });
    return { ...run, onDevice: near.filter((point) => point !== null).length, deviceStopped };
  }

  /** Where the device ends, [batch]; null: not at a solution. */
  private async solve(
    values: Float64Array,
    batch: number,
  ): Promise<{ readonly near: (PrimalDual | null)[]; readonly deviceStopped: string }> {
    const near = new Array<PrimalDual | null>(batch).fill(null);
    const instances = near.map((_, i) => this.columns.instance(values, i * this.columns.count));
    const ended = this.device.solve(instances, { polish: 'none' });
    for (;;) {
      const next = await ended.next();
      if (next.done) return { near, deviceStopped: next.value.ok ? '' : next.value.reason };
      const { index, solution } = next.value;
      if (solution.status === 'converged') near[index] = solution;
    }
  }
}
