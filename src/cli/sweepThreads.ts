/**
 * The threads of a sweep in Node. What they run is bundled once: to read the sources module by module takes each thread
 * longer than many a sweep.
 */
import './fused';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { type RemoteSweeps, type SweepService, WorkerPool } from '../batch';
import { connectThread, nodeWorkers } from '../batch/pool/node';

let bundled: Promise<string> | null = null;

/** What a thread runs; bundled by a process of its own when it is first asked for. */
export function threadCode(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('./sweep.worker.ts', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

/** `workers` null: one for each core. Threads start when they are first needed, and are to be ended with `close`. */
export async function sweepThreads(workers: number | null): Promise<WorkerPool<RemoteSweeps>> {
  const code = await threadCode();
  return new WorkerPool<RemoteSweeps>(workers ?? nodeWorkers(), () => connectThread<SweepService>(startThread(code)));
}

export const startThread = (code: string): Worker => new Worker(code, { eval: true, execArgv: [] });
