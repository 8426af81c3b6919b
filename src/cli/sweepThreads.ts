/** The threads of a sweep in Node. */
import { Worker } from 'node:worker_threads';
import { type RemoteSweeps, type SweepService, WorkerPool } from '../batch';
import { connectThread, nodeWorkers } from '../batch/pool/node';

/** `workers` null: one for each core. Threads start when they are first needed, and are to be ended with `close`. */
export function sweepThreads(workers: number | null): WorkerPool<RemoteSweeps> {
  return new WorkerPool<RemoteSweeps>(workers ?? nodeWorkers(), () => connectThread<SweepService>(startThread()));
}

export const startThread = (): Worker => new Worker(new URL('./sweepThread.mjs', import.meta.url), { execArgv: [] });
