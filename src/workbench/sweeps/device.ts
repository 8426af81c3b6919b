/** The page's end of a sweep on the GPU. */
import * as Comlink from 'comlink';
import { connectWorker, type SweepPlan, type SweepTable } from '../../batch';
import type { SweepBackend } from '../../sharing';
import type { DeviceOutcome, DeviceService } from './device.worker';

/** Below, a GPU has not begun when the CPU is done. */
const fewestInstances = 2000;

/** Whether to ask for a GPU at all. */
export function wantsDevice(backend: SweepBackend, count: number): boolean {
  return backend === 'gpu' || (backend === 'auto' && count >= fewestInstances && 'gpu' in navigator);
}

interface Hears {
  readonly signal: AbortSignal;
  readonly onStart: (name: string) => void;
  readonly onRows: () => void;
}

/** Fills the table as far as the device goes. `real`: not in software. */
export async function solveOnDevice(
  plan: SweepPlan,
  table: SweepTable,
  real: boolean,
  { signal, onStart, onRows }: Hears,
): Promise<DeviceOutcome> {
  const { remote, lost, end } = connectWorker<DeviceService>(
    new Worker(new URL('./device.worker.ts', import.meta.url), { type: 'module', name: 'device' }),
  );
  // It looks at nothing that it is told while it computes: the only way to stop it is to end it.
  signal.addEventListener('abort', end, { once: true });
  const arrived = new Set<number>();
  const rest = (): Int32Array => Int32Array.from({ length: table.count }, (_, n) => n).filter((n) => !arrived.has(n));
  const outcome = await Promise.race([
    remote.sweep(
      plan,
      real,
      Comlink.proxy(onStart),
      Comlink.proxy((rows, columns) => {
        if (signal.aborted) return;
        table.put(rows, columns);
        for (const row of rows) arrived.add(row);
        onRows();
      }),
    ),
    lost.then(
      (reason): DeviceOutcome => ({ ok: true, polished: 0, left: rest(), reason: `The GPU stopped: ${reason}.` }),
    ),
    aborted(signal).then((): DeviceOutcome => ({ ok: true, polished: 0, left: new Int32Array(), reason: null })),
  ]).catch(
    (error: unknown): DeviceOutcome => ({
      ok: true,
      polished: 0,
      left: rest(),
      reason: `The GPU stopped: ${error instanceof Error ? error.message : String(error)}.`,
    }),
  );
  end();
  return outcome;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
