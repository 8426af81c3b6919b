/** A sweep from what was written: names become parameters, states and quantities of the problem. */
import {
  type Axis,
  grid,
  isDifferentiable,
  type Keep,
  keepWords,
  latinHypercube,
  mostSobolDimensions,
  type Quantity,
  quantitiesNamed,
  type Real,
  readList,
  type Samples,
  type SweepPlan,
  saltelli,
  sobol,
  stretched,
  targetOf,
} from '../batch';
import { nearest } from '../language';
import type { Problem } from '../problem';
import { type Complaint, complaint, listed, Refusal, suggestion } from './complaint';
import { inputsOf } from './inputs';
import { settingsIn } from './solverOptions';
import { readFile, type Source } from './source';
import { type SampleKind, type SamplesRequest, type SweepRequest, tooMany } from './sweepArguments';

/** Throws a Refusal that names every mistake. */
export function planOf(request: SweepRequest, problem: Problem, { text }: Source): SweepPlan {
  const complaints: Complaint[] = [];
  const base = inputsOf(problem, request.set, request.initial);
  const samples = samplesOf(request.samples, problem, complaints);
  const keep = samples && keepOf(request, problem, samples, complaints);
  if (!samples || !keep || complaints.length > 0) throw new Refusal(complaints);
  const { method, start } = request;
  return { text, method, settings: settingsIn(request), base, samples, keep, warm: start === 'warm' };
}

function samplesOf(request: SamplesRequest, problem: Problem, complaints: Complaint[]): Samples | null {
  switch (request.kind) {
    case 'grid': {
      const names = varied(
        '--grid',
        request.axes.map(({ name }) => name),
        problem,
        complaints,
      );
      return names && grid(request.axes.map((axis, j) => ({ ...axis, name: names[j] ?? axis.name })));
    }
    case 'list':
      return listedSamples(request.path, problem, complaints);
    default:
      return sampled(request.kind, request, problem, complaints);
  }
}

const pointsOf: Readonly<Record<SampleKind, typeof latinHypercube>> = {
  sobol,
  'latin-hypercube': latinHypercube,
  saltelli,
};

function sampled(
  kind: SampleKind,
  { ranges, count, seed }: Extract<SamplesRequest, { kind: SampleKind }>,
  problem: Problem,
  complaints: Complaint[],
): Samples | null {
  const axes: readonly Axis[] = ranges.length > 0 ? ranges : ownRanges(problem);
  if (axes.length === 0) {
    const message = 'the text gives no parameter a range';
    complaints.push(complaint(`--sample: ${message}`, 'say what to vary: --range mass=0.5:2'));
    return null;
  }
  if (kind === 'sobol' && axes.length > mostSobolDimensions) {
    const message = `--sample sobol: points of up to ${mostSobolDimensions} dimensions, and these are ${axes.length}`;
    complaints.push(complaint(message, 'take latin-hypercube, or name fewer with --range'));
    return null;
  }
  const names = varied(
    '--range',
    axes.map(({ name }) => name),
    problem,
    complaints,
  );
  if (!names) return null;
  if (tooMany(kind === 'saltelli' ? count * (axes.length + 2) : count, complaints)) return null;
  return stretched(
    axes.map((axis, j) => ({ ...axis, name: names[j] ?? axis.name })),
    pointsOf[kind](count, axes.length, seed),
  );
}

/** Of the sliders. */
function ownRanges({ parameters }: Problem): Axis[] {
  return parameters.flatMap(({ name, range }) =>
    range ? [{ name, from: range[0], to: range[1], logarithmic: false }] : [],
  );
}

function listedSamples(path: string, problem: Problem, complaints: Complaint[]): Samples | null {
  const read = readList(readFile('--list', path));
  if (!read.ok) {
    const hint = 'a list has a line of names, then lines of numbers, separated by commas';
    complaints.push(complaint(`--list: ${path}, line ${read.line}: ${read.message}`, hint));
    return null;
  }
  const names = varied('--list', read.samples.names, problem, complaints);
  return names && { ...read.samples, names };
}

/** Names of columns for names of parameters or states; null where one is neither, or is named twice. */
function varied(
  option: string,
  written: readonly string[],
  problem: Problem,
  complaints: Complaint[],
): readonly string[] | null {
  const known = [...problem.parameters, ...problem.states].map(({ name }) => name);
  const names = written.map((name) => {
    const column = [name, `x0.${name}`].find((candidate) => targetOf(problem, candidate) !== null);
    if (column !== undefined) return column;
    const free = problem.states.some((state) => state.name === name || `x0.${state.name}` === name);
    const message = free
      ? `the initial value of \`${name}\` is free, it is optimised`
      : `the problem has no parameter or state \`${name}\``;
    const near = free ? null : nearest(name, known);
    complaints.push(complaint(`${option}: ${message}`, suggestion(near, `there are ${listed(known.slice(0, 30))}`)));
    return null;
  });
  const twice = names.find((name, i) => name !== null && names.indexOf(name) < i);
  if (twice) complaints.push(complaint(`${option}: \`${twice}\` is varied twice`, 'leave one of them out'));
  return twice || names.includes(null) ? null : names.filter((name) => name !== null);
}

/** How each instance ended is always known. */
const ALWAYS: readonly Quantity[] = [
  { kind: 'status', name: 'status' },
  { kind: 'message', name: 'message' },
];

function keepOf(request: SweepRequest, problem: Problem, samples: Samples, complaints: Complaint[]): Keep {
  const named = (option: string, words: readonly string[]): Quantity[] => {
    const found = words.flatMap((word) => {
      const quantities = quantitiesNamed(problem, word);
      if (quantities === null) complaints.push(unknownQuantity(option, word, problem));
      return quantities ?? [];
    });
    return [...new Map(found.map((quantity) => [quantity.name, quantity])).values()];
  };
  const kept = named('--keep', request.keep);
  const of = named('--sensitivities', request.sensitivities);
  for (const quantity of of)
    if (!isDifferentiable(quantity))
      complaints.push(complaint(`--sensitivities: \`${quantity.name}\` has no derivatives`, 'leave it out'));
  const differentiated = of.filter((quantity): quantity is Real => isDifferentiable(quantity));
  return {
    quantities: [...kept, ...ALWAYS.filter(({ name }) => !kept.some((other) => other.name === name))],
    sensitivities: differentiated.length > 0 ? { of: differentiated, by: samples.names } : null,
  };
}

function unknownQuantity(option: string, word: string, problem: Problem): Complaint {
  const variables = [...problem.states, ...problem.controls, ...problem.algebraics].map(({ name }) => name);
  const bare = word.replace(/@[^@]*$/, '');
  if (bare !== word && variables.includes(bare)) {
    const last = `the last stage of \`${bare}\` is ${bare}@N`;
    return complaint(`${option}: \`${word}\` is no stage of \`${bare}\``, `stages are counted from 0, and ${last}`);
  }
  const near = nearest(bare, [...keepWords, ...variables]);
  const all = `write ${listed([...keepWords, ...variables.slice(0, 20)])}, or a variable with a stage: NAME@3`;
  return complaint(`${option}: there is nothing to keep named \`${word}\``, suggestion(near, all));
}
