/**
 * Solves a second of sweeps on the pool of threads: 1000 instances on one and on two threads, and 10,000 on all cores,
 * cold and from neighbours. The time that the processor spent tells what a machine without other work would take.
 */
import { availableParallelism, loadavg } from 'node:os';
import { grid, latinHypercube, type Samples, type SweepPlan, stretched, sweep } from '../../src/batch';
import { sweepThreads } from '../../src/cli/sweepThreads';
import { compileText } from '../../src/language';
import type { Problem } from '../../src/problem';
import { outcome } from './batch';
import { summary } from './measure';
import { readStarts } from './starts';

interface Row {
  readonly what: string;
  readonly threads: number;
  readonly instances: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Threads started and the problem compiled, milliseconds. */
  readonly first: number;
  /** With all that running already. */
  readonly best: number;
  readonly median: number;
  /** Cores that worked for it at the same time, in the best run. */
  readonly cores: number;
}

const RUNS = 7;
const SPREAD = 0.1;
const LARGE = 100;

/** `starts`: a file of initial states, one after the other, each an instance; null: parameters around those of the text. */
export async function benchPool(name: string, text: string, starts: string | null, json: boolean): Promise<number> {
  const compiled = compileText(text);
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
  const { problem } = compiled;
  const small = starts === null ? around(problem, 1000) : initialStates(problem, readStarts(starts));
  const large = grid(rangesOf(problem).map((axis) => ({ ...axis, count: LARGE })));
  const all = availableParallelism();
  const rows: Row[] = [];
  for (const threads of [1, 2])
    rows.push(await measure('cold', threads, problem, planFor(text, problem, small, false)));
  for (const warm of [false, true])
    rows.push(
      await measure(warm ? 'grid, from neighbours' : 'grid, cold', all, problem, planFor(text, problem, large, warm)),
    );
  if (json) console.log(JSON.stringify({ problem: name, load: loadavg()[0], rows }, null, 2));
  else {
    console.log(`${name}; ${all} cores, load of the machine ${loadavg()[0]?.toFixed(1)}`);
    for (const row of rows) print(row);
  }
  return 0;
}

async function measure(what: string, threads: number, problem: Problem, plan: SweepPlan): Promise<Row> {
  const pool = await sweepThreads(threads);
  const run = async () => {
    const [began, spent] = [performance.now(), process.cpuUsage()];
    const table = await sweep(pool, problem, plan);
    const ms = performance.now() - began;
    const { user, system } = process.cpuUsage(spent);
    return { table, ms, cores: (user + system) / 1000 / ms };
  };
  const first = await run();
  const runs = [];
  for (let i = 0; i < RUNS; i++) runs.push(await run());
  pool.close();
  const { least, median } = summary(runs.map(({ ms }) => ms));
  return {
    what,
    threads,
    instances: first.table.count,
    statuses: Object.fromEntries(first.table.statuses()),
    first: first.ms,
    best: least,
    median,
    cores: runs.find(({ ms }) => ms === least)?.cores ?? Number.NaN,
  };
}

function print({ what, threads, instances, statuses, first, best, median, cores }: Row): void {
  const rate = (ms: number): string => `${Math.round((1000 * instances) / ms)}/s`;
  console.log(
    [
      `${instances} ${what}`.padEnd(30),
      `${threads} ${threads === 1 ? 'thread ' : 'threads'}`,
      `best ${best.toFixed(0)} ms ${rate(best)}`,
      `median ${median.toFixed(0)} ms ${rate(median)}`,
      `with start and compile ${first.toFixed(0)} ms`,
      `cores had ${cores.toFixed(2)}: ${Math.round((1000 * instances) / best / cores)} a processor second`,
      Object.entries(statuses)
        .map(([status, count]) => `${count} ${status}`)
        .join(', '),
    ].join('  '),
  );
}

function planFor(text: string, problem: Problem, samples: Samples, warm: boolean): SweepPlan {
  const base = {
    parameters: Float64Array.from(problem.parameters, ({ value }) => value),
    initial: new Float64Array(problem.states.length).fill(Number.NaN),
  };
  return { text, method: {}, settings: {}, base, samples, keep: outcome, warm };
}

function initialStates({ states }: Problem, starts: readonly (readonly number[])[]): Samples {
  return { names: states.map((state) => `x0.${state.name}`), values: Float64Array.from(starts.flat()), shape: null };
}

const rangeAround = (name: string, value: number) => ({
  name,
  from: value * (1 - SPREAD),
  to: value * (1 + SPREAD),
  logarithmic: false,
});

function around({ parameters }: Problem, count: number): Samples {
  const axes = parameters.map(({ name, value }) => rangeAround(name, value));
  return stretched(axes, latinHypercube(count, axes.length, 1));
}

/** Of the first two parameters: as the text gives them, or around their values. */
const rangesOf = ({ parameters }: Problem) =>
  parameters
    .slice(0, 2)
    .map(({ name, value, range }) =>
      range ? { name, from: range[0], to: range[1], logarithmic: false } : rangeAround(name, value),
    );
