/** A fresh worker. */
export function startWorker(): Worker {
  return new Worker(new URL('./runtime.worker.ts', import.meta.url), { type: 'module', name: 'costate' });
}
