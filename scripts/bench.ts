/**
 * `npm run bench`: what compiling, solving, differentiating and batches cost over the gallery, and how a solve grows with
 * the problem, in a few minutes.
 *
 *   --only NAME     one problem of the gallery, without growth
 *   --starts FILE   initial states of the batch, a JSON array of arrays; with --only
 *   --browser       in Chromium instead of Node
 *   --quick         rough figures, in a tenth of the time
 *   --report DIR    also writes bench.md, growth.svg and bench.json there
 *   --json          one JSON object instead of the tables; its form is that of bench/schema.ts
 */
import '../src/cli/fused';
import { parseArgs } from 'node:util';
import { gallery } from '../src/gallery/node';
import { growthOver, growthSizes } from './bench/growth';
import { freshRun, nodePlace } from './bench/nodePlace';
import { benchFresh, type Place } from './bench/place';
import type { ProblemOptions } from './bench/problem';
import { reportLines } from './bench/report';
import type { Growth, GrowthPoint, MeasuredProblem, Report } from './bench/schema';
import { readStarts } from './bench/starts';
import { writeReport } from './bench/writeReport';

const QUICK = 0.1;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    starts: { type: 'string' },
    browser: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    report: { type: 'string' },
    json: { type: 'boolean', default: false },
    /** Used by this script itself: the same in a process just started. */
    fresh: { type: 'string' },
  },
});

if (options.fresh !== undefined) console.log(JSON.stringify(freshRun(options.fresh)));
else process.exitCode = await bench();

async function bench(): Promise<number> {
  const { only, starts, browser, quick, report: folder, json } = options;
  if (starts !== undefined && only === undefined)
    return refuse('--starts needs --only: the states belong to one problem.');
  const names = gallery.map(({ name }) => name);
  if (only !== undefined && !names.includes(only))
    return refuse(`There is no example ${only}. The examples are ${names.join(', ')}.`);
  const say = (line: string): void => void (json || process.stderr.write(`${line}\n`));
  const share = quick ? QUICK : 1;
  const given = starts === undefined ? null : readStarts(starts);
  const place = browser ? await inBrowser() : nodePlace(process.argv[1] ?? '');
  try {
    const problems: MeasuredProblem[] = [];
    for (const name of only === undefined ? names : [only]) {
      say(name);
      problems.push(await measured(place, name, { starts: given, share }));
    }
    const growth =
      only === undefined ? { steps: await grow(place, 'steps'), states: await grow(place, 'states') } : null;
    const found: Report = { machine: await place.machine(), problems, growth };
    if (folder !== undefined) writeReport(folder, found);
    console.log(json ? JSON.stringify(found) : reportLines(found).join('\n'));
    return 0;
  } finally {
    await place.close();
  }

  async function grow(on: Place, of: 'steps' | 'states'): Promise<Growth> {
    const points: GrowthPoint[] = [];
    for (const size of growthSizes[of]) {
      say(`chain, ${size.states} states, ${size.steps} steps`);
      points.push(await on.growth(size, share));
    }
    return growthOver(of, points);
  }
}

/** Loaded only now: a process for fresh figures is to be small. */
async function inBrowser(): Promise<Place> {
  const { browserPlace } = await import('./bench/browserPlace');
  return browserPlace();
}

async function measured(place: Place, name: string, given: ProblemOptions): Promise<MeasuredProblem> {
  return { ...(await place.problem(name, given)), fresh: await benchFresh(place, name, given.share) };
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 2;
}
