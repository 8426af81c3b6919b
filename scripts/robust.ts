/**
 * `npm run bench:robust`: how often each method solves each problem of the gallery from perturbed guesses and for perturbed
 * initial states, and in how many iterations. Seeded: the same runs every time.
 *
 *   --only NAME   one problem of the gallery
 *   --count N     so many guesses and so many initial states for each problem, 200 by default
 *   --json        one JSON object instead of the table
 *
 * Exit code 1 if a run ended without a status.
 */
import { parseArgs } from 'node:util';
import { table } from '../src/cli/table';
import { gallery } from '../src/gallery/node';
import { type Robustness, robustness } from '../src/gallery/testing/robustness';

const WIDTH = 160;
/** So long that the answers do not depend on how busy the machine is. */
const TIME_LIMIT_MS = 60_000;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    count: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
  },
});

const { only, json } = options;
const count = Number(options.count);
const chosen = gallery.filter(({ name }) => only === undefined || name === only);
if (chosen.length === 0)
  refuse(`There is no example ${only}. The examples are ${gallery.map(({ name }) => name).join(', ')}.`);
if (!Number.isInteger(count) || count < 1) refuse(`--count is a whole number from 1, and ${options.count} is not.`);

const results = chosen.flatMap(({ name, text }) => {
  if (!json) process.stderr.write(`${name}\n`);
  return robustness(name, text, count, { timeLimitMs: TIME_LIMIT_MS });
});
console.log(json ? JSON.stringify({ count, results }) : lines(results).join('\n'));
if (results.some(({ statuses }) => statuses.threw !== undefined)) process.exitCode = 1;

function refuse(message: string): never {
  console.error(message);
  process.exit(2);
}

function lines(all: readonly Robustness[]): string[] {
  const cells = (cell: (result: Robustness) => string) => all.map(cell);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    ...table(
      [
        { heading: 'problem', align: 'left', cells: cells(({ problem }) => problem) },
        { heading: 'method', align: 'left', cells: cells(({ method }) => method) },
        { heading: 'perturbed', align: 'left', cells: cells(({ perturbed }) => perturbed) },
        { heading: 'solved', cells: cells(({ solved, runs }) => percent(solved / runs)) },
        { heading: 'median', cells: cells(({ iterations }) => String(iterations?.median ?? '')) },
        { heading: '95 %', cells: cells(({ iterations }) => String(iterations?.high ?? '')) },
        { heading: 'worst', cells: cells(({ iterations }) => String(iterations?.worst ?? '')) },
        { heading: 'not solved', align: 'left', cells: cells(unsolved) },
      ],
      WIDTH,
    ),
    '',
    ...totals(all),
  ];
}

function unsolved({ statuses }: Robustness): string {
  const others = Object.entries(statuses).filter(([status]) => status !== 'converged');
  return others.map(([status, runs]) => `${status} ${runs}`).join(', ');
}

/** Infeasible is an answer: there is no solution to find. */
function totals(all: readonly Robustness[]): string[] {
  const names = [...new Set(all.map(({ method }) => method))];
  return names.map((name) => {
    const own = all.filter(({ method }) => method === name);
    const sum = (count: (result: Robustness) => number) => own.reduce((total, result) => total + count(result), 0);
    const [runs, solved] = [sum((result) => result.runs), sum((result) => result.solved)];
    const infeasible = sum(({ statuses }) => statuses.infeasible ?? 0);
    return `${name}: ${solved} of ${runs} runs solved, ${infeasible} infeasible, ${runs - solved - infeasible} unsolved.`;
  });
}
