/** The benchmark in Node: here, with threads of Node, and in processes of its own where nothing may be optimised yet. */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { sweepThreads } from '../../src/cli/sweepThreads';
import { type GalleryEntry, gallery } from '../../src/gallery/node';
import type { Threads } from './batch';
import { benchGrowth } from './growth';
import { engineAbilities, type FreshRun, type Place } from './place';
import { benchProblem, compileOnce } from './problem';
import type { Machine } from './schema';

const threads: Threads = {
  start: sweepThreads,
  processorMs: () => process.cpuUsage().user / 1000,
};

/** `script` answers `--fresh NAME` with a FreshRun. */
export function nodePlace(script: string): Place {
  return {
    machine: async () => ({ ...hardware(), engine: engine(), ...engineAbilities() }),
    problem: (name, options) => benchProblem(example(name), options, threads),
    growth: async (size, share) => benchGrowth(size, share),
    fresh: async (name) => freshly(script, name),
    close: async () => {},
  };
}

export function hardware(): Pick<Machine, 'processor' | 'cores'> {
  const processors = cpus();
  return { processor: processors[0]?.model ?? 'unknown processor', cores: processors.length };
}

const engine = (): string => `Node ${process.versions.node}, V8 ${process.versions.v8}`;

function example(name: string): GalleryEntry {
  const found = gallery.find((entry) => entry.name === name);
  if (!found) throw new Error(`there is no example ${name}`);
  return found;
}

function freshly(script: string, name: string): FreshRun {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...process.execArgv, script, '--fresh', name], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** In the process that was started for it. */
export function freshRun(name: string): FreshRun {
  const compiled = compileOnce(example(name).text);
  return { ...compiled, memory: process.resourceUsage().maxRSS / 1024 };
}
