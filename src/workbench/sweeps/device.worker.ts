/** A sweep on the GPU of the browser: prepares it, sends the rows as they come, and says what has become of the rest. */
import * as Comlink from 'comlink';
import { type Column, type SweepPlan, sweepOnDevice } from '../../batch';
import { GpuBatch, requestDevice } from '../../batch/gpu';
import { compileText } from '../../language';

export type DeviceOutcome =
  | {
      readonly ok: true;
      readonly polished: number;
      /** Rows that are still to be solved, and why. */
      readonly left: Int32Array;
      readonly reason: string | null;
    }
  /** Nothing has been solved. */
  | { readonly ok: false; readonly reason: string };

export interface DeviceService {
  /** `real`: not on a device that computes in software. `onStart` is told the name of the device. */
  sweep(
    plan: SweepPlan,
    real: boolean,
    onStart: (name: string) => void,
    onRows: (rows: Int32Array, columns: readonly Column[]) => void,
  ): Promise<DeviceOutcome>;
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software/i;

const nameOf = ({ description, vendor, architecture }: GPUAdapterInfo): string =>
  description || [vendor, architecture].filter((word) => word !== '').join(' ') || 'without a name';

const service: DeviceService = {
  async sweep(plan, real, onStart, onRows) {
    const adapter = await navigator.gpu?.requestAdapter();
    if (!adapter) return { ok: false, reason: 'This browser gives no access to a GPU.' };
    const name = nameOf(adapter.info);
    if (real && (adapter.info.isFallbackAdapter || SOFTWARE.test(name)))
      return { ok: false, reason: 'There is no GPU here, only one in software.' };
    const opened = await requestDevice(adapter);
    if (!opened.ok) return opened;
    const compiled = compileText(plan.text);
    if (!compiled.ok) return { ok: false, reason: compiled.diagnostics[0]?.message ?? 'The text is wrong.' };
    const { problem } = compiled;
    const method = problem.solver.method ?? 'interior-point';
    if (method !== 'interior-point' && method !== 'admm')
      return { ok: false, reason: `The GPU has no ${method} method.` };
    const prepared = await GpuBatch.compile(opened.device, problem, { method });
    if (!prepared.ok) return prepared;
    onStart(name);
    const { polished, left, reason } = await sweepOnDevice(prepared.batch, plan, {
      onRows: (table, rows) => onRows(rows, table.take(rows)),
    });
    opened.device.destroy();
    return { ok: true, polished, left, reason };
  },
};

Comlink.expose(service);
