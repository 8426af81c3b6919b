/** The threads of a sweep in Node. */
import { type RemoteSweeps, type SweepService, WorkerPool } from '../batch';
import { connectThread, nodeWorkers } from '../batch/pool/node';
import { codeOf, startThread } from './threads';

export const threadCode = (): Promise<string> => codeOf('./sweep.worker.ts');

/** `workers` null: one for each core. Threads start when they are first needed, and are to be ended with `close`. */
export async function sweepThreads(workers: number | null): Promise<WorkerPool<RemoteSweeps>> {
  const code = await threadCode();
  return new WorkerPool<RemoteSweeps>(workers ?? nodeWorkers(), () => connectThread<SweepService>(startThread(code)));
}
