/** `costate sweep FILE.ocp --grid M=0.5:2:100 ...` as data; names are looked up once the problem is known. */
import type { GridAxis } from '../batch';
import { nearest } from '../language';
import { type Complaint, complaint, Refusal, suggestion } from './complaint';
import { example } from './examples';
import { numberIn, type SolverRequest, solverOptions, solverRequest } from './solverOptions';
import { type Given, readWords } from './words';

/** `saltelli`: blocks of points from which Sobol indices are estimated. */
export type SampleKind = 'sobol' | 'latin-hypercube' | 'saltelli';
export type BackendName = 'cpu' | 'gpu' | 'auto';

/** Which instances: a grid, points of a sample within ranges, or a list in a file. */
export type SamplesRequest =
  | { readonly kind: 'grid'; readonly axes: readonly GridAxis[] }
  /** Without ranges, those that the text gives its parameters. */
  | {
      readonly kind: SampleKind;
      readonly count: number;
      readonly seed: number;
      readonly ranges: readonly Omit<GridAxis, 'count'>[];
    }
  | { readonly kind: 'list'; readonly path: string };

export interface SweepRequest extends SolverRequest {
  readonly command: 'sweep';
  readonly source: string;
  readonly samples: SamplesRequest;
  readonly keep: readonly string[];
  /** Of what; empty: none. With respect to what is varied. */
  readonly sensitivities: readonly string[];
  readonly start: 'warm' | 'cold';
  /** What of the GPU's answers the CPU solves to the end. */
  readonly polish: 'all' | 'marked' | 'none';
  readonly backend: BackendName;
  /** Null: one for each core. */
  readonly workers: number | null;
  /** A path that ends in .csv or .json; null: a summary only. */
  readonly out: string | null;
  readonly json: boolean;
}

const flags = ['--json', '--help'];
const own = [
  '--grid',
  '--range',
  '--sample',
  '--list',
  '--keep',
  '--sensitivities',
  '--start',
  '--polish',
  '--backend',
  '--workers',
  '--out',
];
const kinds: readonly SampleKind[] = ['sobol', 'latin-hypercube', 'saltelli'];
const MOST_AXES = 3;
const MOST_INSTANCES = 10_000_000;
const KEPT = ['objective', 'u0', 'status'];

/** Throws a Refusal that names every mistake. */
export function readSweepArguments(args: readonly string[]): SweepRequest | { readonly command: 'help' } {
  const complaints: Complaint[] = [];
  const { words, given } = readWords(args, { flags, valued: [...own, ...solverOptions] }, complaints);
  if (given.has('--help')) return { command: 'help' };
  const [, source, ...others] = words;
  if (source === undefined)
    complaints.push(complaint('sweep needs a file', 'for example: costate sweep pendulum-swing-up --grid M=0.5:2:20'));
  for (const operand of others)
    complaints.push(complaint(`sweep takes one file, and ${operand} is another argument`, 'leave it out'));
  const last = (name: string): string | null => given.get(name)?.at(-1) ?? null;
  const choice = <const Word extends string>(
    option: string,
    known: readonly Word[],
    otherwise: NoInfer<Word>,
  ): Word => {
    const text = last(option);
    if (text === null) return otherwise;
    const word = known.find((one) => one === text);
    if (word === undefined)
      complaints.push(
        complaint(
          `${option} cannot be \`${text}\``,
          suggestion(nearest(text, known), `write ${option} ${known.join('|')}`),
        ),
      );
    return word ?? otherwise;
  };
  const workers = last('--workers');
  if (workers !== null && !/^[1-9]\d{0,2}$/.test(workers))
    complaints.push(complaint(`--workers is a whole number from 1, and \`${workers}\` is not`, 'for example 2'));
  const out = last('--out');
  if (out !== null && !/\.(csv|json)$/i.test(out))
    complaints.push(complaint(`--out: ${out} ends in neither .csv nor .json`, `for example ${example('--out')}`));
  const names = (option: string): string[] =>
    (given.get(option) ?? [])
      .flatMap((text) => text.split(',').map((name) => name.trim()))
      .filter((name) => name !== '');
  const keep = names('--keep');
  const samples = samplesIn(given, complaints);
  const request = {
    command: 'sweep' as const,
    ...solverRequest(given, complaints),
    keep: keep.length > 0 ? keep : KEPT,
    sensitivities: names('--sensitivities'),
    start: choice('--start', ['warm', 'cold'], 'cold'),
    polish: choice('--polish', ['all', 'marked', 'none'], 'all'),
    backend: choice('--backend', ['auto', 'cpu', 'gpu'], 'auto'),
    workers: workers === null ? null : Number(workers),
    out,
    json: given.has('--json'),
  };
  if (complaints.length > 0 || samples === null || source === undefined) throw new Refusal(complaints);
  return { ...request, source, samples };
}

function samplesIn(given: Given, complaints: Complaint[]): SamplesRequest | null {
  const ways = ['--grid', '--sample', '--list'].filter((option) => given.has(option));
  if (ways.length !== 1) {
    const message = ways.length === 0 ? 'nothing says what to vary' : `${ways.join(' and ')} exclude each other`;
    complaints.push(
      complaint(message, `for example ${example('--grid')}, ${example('--sample')} or ${example('--list')}`),
    );
    return null;
  }
  if (given.has('--range') && !given.has('--sample'))
    complaints.push(complaint('--range belongs to --sample', `add ${example('--sample')}, or write --grid`));
  const [path] = given.get('--list') ?? [];
  if (path !== undefined) return { kind: 'list', path };
  if (given.has('--sample')) return sample(given, complaints);
  const axes = (given.get('--grid') ?? []).flatMap((text) => axis('--grid', text, complaints) ?? []);
  if (axes.length > MOST_AXES)
    complaints.push(
      complaint(`a grid has at most ${MOST_AXES} axes, and these are ${axes.length}`, 'use --sample instead'),
    );
  const count = axes.reduce((product, one) => product * one.count, 1);
  tooMany(count, complaints);
  return { kind: 'grid', axes };
}

/** `sobol:1000`, or `sobol:1000:7` with a seed; of `saltelli` the number is that of blocks. */
function sample(given: Given, complaints: Complaint[]): SamplesRequest | null {
  const text = given.get('--sample')?.at(-1) ?? '';
  const [word = '', count = '', seed = '0', ...more] = text.split(':');
  const kind = kinds.find((known) => known === word);
  const ranges = (given.get('--range') ?? []).flatMap((range) => axis('--range', range, complaints) ?? []);
  if (!kind || !/^[1-9]\d*$/.test(count) || !/^\d+$/.test(seed) || more.length > 0) {
    const message = `--sample is a kind and a number of instances, and \`${text}\` is not`;
    complaints.push(complaint(message, `write ${kinds.map((known) => `${known}:1000`).join(' or ')}`));
    return null;
  }
  return { kind, count: Number(count), seed: Number(seed), ranges };
}

export function tooMany(count: number, complaints: Complaint[]): boolean {
  const beyond = count > MOST_INSTANCES;
  if (beyond)
    complaints.push(complaint(`a sweep has at most ${MOST_INSTANCES} instances, and these are ${count}`, 'take fewer'));
  return beyond;
}

/** `NAME=from:to:count` of a grid, `NAME=from:to` of a range; `:log` after it for equal ratios. */
function axis(option: '--grid' | '--range', text: string, complaints: Complaint[]): GridAxis | null {
  const refuse = (message: string): null => {
    const form = option === '--grid' ? 'NAME=from:to:count' : 'NAME=from:to';
    complaints.push(complaint(`${option} ${text}: ${message}`, `write ${option} ${form}, with :log for equal ratios`));
    return null;
  };
  const at = text.indexOf('=');
  const [name, written] = [text.slice(0, Math.max(at, 0)).trim(), text.slice(at + 1)];
  if (name === '') return refuse('it has no name');
  const parts = written.split(':').map((part) => part.trim());
  const logarithmic = parts.at(-1) === 'log';
  if (logarithmic) parts.pop();
  if (parts.length !== (option === '--grid' ? 3 : 2)) return refuse(`\`${written}\` is no range`);
  const [from, to] = parts.map(numberIn);
  if (from === null || to === null || from === undefined || to === undefined)
    return refuse(`\`${from === null ? parts[0] : parts[1]}\` is not a number`);
  if (logarithmic && (from <= 0 || to <= 0)) return refuse('equal ratios need ends greater than 0');
  const points = parts[2] ?? '2';
  if (!/^[1-9]\d*$/.test(points)) return refuse(`\`${points}\` is not a number of points`);
  return { name, from, to, logarithmic, count: Number(points) };
}
