/**
 * `npm run bench`: compile, solve and sensitivity times and iterations over the gallery, in about two minutes.
 *
 *   --only NAME     one problem of the gallery
 *   --starts FILE   initial states of the batch, a JSON array of arrays; with --only
 *   --json          one JSON object instead of the table
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type GalleryEntry, gallery } from '../src/gallery/node';
import { readStarts } from './bench/batch';
import { summary } from './bench/measure';
import { benchProblem, compileOnce } from './bench/problem';
import { type BenchResult, type FreshTiming, type Machine, reportLines } from './bench/report';

const FRESH_PROCESSES = 3;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    starts: { type: 'string' },
    json: { type: 'boolean', default: false },
    /** Used by this script itself: the same in a process just started. */
    fresh: { type: 'string' },
  },
});

if (options.fresh !== undefined) console.log(JSON.stringify(compileOnce(named(options.fresh).text)));
else bench();

function bench(): void {
  const { only, starts, json } = options;
  if (starts !== undefined && only === undefined) {
    console.error('--starts needs --only: the initial states belong to one problem.');
    process.exit(2);
  }
  const given = starts === undefined ? null : readStarts(starts);
  const processors = cpus();
  const machine: Machine = {
    cpu: processors[0]?.model ?? 'unknown processor',
    cores: processors.length,
    node: process.versions.node,
    v8: process.versions.v8,
  };
  const results: BenchResult[] = [];
  for (const entry of only === undefined ? gallery : [named(only)]) {
    if (!json) process.stderr.write(`${entry.name}\n`);
    results.push({ ...benchProblem(entry, given), fresh: inFreshProcesses(entry) });
  }
  console.log(json ? JSON.stringify({ machine, problems: results }) : reportLines(machine, results).join('\n'));
}

function named(name: string): GalleryEntry {
  const entry = gallery.find((one) => one.name === name);
  if (entry) return entry;
  console.error(`There is no example ${name}. The examples are ${gallery.map((one) => one.name).join(', ')}.`);
  process.exit(2);
}

/** What someone waits who just opened the page or ran the command. */
function inFreshProcesses({ name }: GalleryEntry): FreshTiming {
  const runs = Array.from({ length: FRESH_PROCESSES }, () => {
    const script = process.argv[1] ?? '';
    const { stdout, stderr, status } = spawnSync(process.execPath, [...process.execArgv, script, '--fresh', name], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as ReturnType<typeof compileOnce>;
  });
  return {
    compile: summary(runs.map(({ compileMs }) => compileMs)),
    firstSolve: summary(runs.map(({ firstSolveMs }) => firstSolveMs)),
  };
}
