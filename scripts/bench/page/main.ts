/** The page in which the benchmark runs in a browser; who opened it calls `bench`. */
import { type RemoteSweeps, type SweepService, WorkerPool } from '../../../src/batch';
import { connectWorker } from '../../../src/batch/pool';
import { gallery } from '../../../src/gallery';
import type { Threads } from '../batch';
import { benchGrowth } from '../growth';
import { engineAbilities, type FreshRun } from '../place';
import { benchProblem, compileOnce } from '../problem';

declare global {
  interface Window {
    bench: typeof bench;
  }
  interface Performance {
    /** In Chromium. */
    readonly memory?: { readonly usedJSHeapSize: number };
  }
}

const startWorker = (): Worker => new Worker(new URL('./sweep.worker.ts', import.meta.url), { type: 'module' });

const threads: Threads = {
  start: async (size) => new WorkerPool<RemoteSweeps>(size, () => connectWorker<SweepService>(startWorker())),
  processorMs: () => null,
};

function example(name: string) {
  const found = gallery.find((entry) => entry.name === name);
  if (!found) throw new Error(`there is no example ${name}`);
  return found;
}

function fresh(name: string): FreshRun {
  const compiled = compileOnce(example(name).text);
  return { ...compiled, memory: (performance.memory?.usedJSHeapSize ?? 0) / 2 ** 20 };
}

const bench = {
  abilities: engineAbilities,
  problem: (name: string, options: Parameters<typeof benchProblem>[1]) => benchProblem(example(name), options, threads),
  growth: benchGrowth,
  fresh,
};

window.bench = bench;
