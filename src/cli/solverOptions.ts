/** What `solve` and `sweep` have in common: values, limits and the method. */
import { nearest } from '../language';
import type { MethodOptions, Settings } from '../solver';
import { type Complaint, complaint, suggestion } from './complaint';
import { example } from './examples';
import type { Given } from './words';

export interface Assignment {
  readonly name: string;
  readonly value: number;
}

export interface SolverRequest {
  /** Parameters and initial states, in the order given; the last of a name counts. */
  readonly set: readonly Assignment[];
  readonly initial: readonly Assignment[];
  readonly tolerance: number | null;
  readonly tau: number | null;
  readonly maxIterations: number | null;
  readonly timeLimitMs: number | null;
  /** What is said of the method; it counts more than what the text says. */
  readonly method: Partial<MethodOptions>;
}

export const methodChoices: { readonly [Option in keyof MethodOptions]: readonly MethodOptions[Option][] } = {
  method: ['interior-point', 'sqp', 'rti', 'admm'],
  hessian: ['exact', 'gauss-newton'],
  regularize: ['none', 'mirror', 'project'],
  globalization: ['merit', 'full'],
};

/** All of them take a value. */
export const solverOptions: readonly string[] = [
  ...['--set', '--initial', '--tolerance', '--tau', '--max-iterations', '--time-limit'],
  ...Object.keys(methodChoices).map((option) => `--${option}`),
];

export function solverRequest(given: Given, complaints: Complaint[]): SolverRequest {
  const last = (name: string): string | null => given.get(name)?.at(-1) ?? null;
  const assignments = (name: string): Assignment[] =>
    (given.get(name) ?? []).flatMap((text) => assignment(name, text, complaints) ?? []);
  const positive = (name: string): number | null => {
    const text = last(name);
    const value = text === null ? null : numberIn(text);
    if (text === null || (value !== null && value > 0)) return value;
    complaints.push(
      complaint(`${name} is a number greater than 0, and \`${text}\` is not`, `for example ${example(name)}`),
    );
    return null;
  };
  const maxIterations = last('--max-iterations');
  if (maxIterations !== null && !/^\d+$/.test(maxIterations))
    complaints.push(
      complaint(`--max-iterations is a whole number, and \`${maxIterations}\` is not`, 'for example 500'),
    );
  return {
    set: assignments('--set'),
    initial: assignments('--initial'),
    tolerance: positive('--tolerance'),
    tau: positive('--tau'),
    maxIterations: maxIterations === null ? null : Number(maxIterations),
    timeLimitMs: positive('--time-limit'),
    method: methodIn(last, complaints),
  };
}

export function settingsIn({ tolerance, tau, maxIterations, timeLimitMs }: SolverRequest): Partial<Settings> {
  return {
    ...(tolerance === null ? {} : { tolerance }),
    ...(tau === null ? {} : { tau }),
    ...(maxIterations === null ? {} : { maxIterations }),
    ...(timeLimitMs === null ? {} : { timeLimitMs }),
  };
}

function assignment(option: string, text: string, complaints: Complaint[]): Assignment | null {
  const [name = '', ...values] = text.split('=').map((part) => part.trim());
  const written = values.join('=');
  const value = numberIn(written);
  if (values.length === 0 || name === '')
    complaints.push(
      complaint(`${option} needs a name and a value, and \`${text}\` is not both`, `for example ${example(option)}`),
    );
  else if (value === null)
    complaints.push(
      complaint(`${option} ${text}: \`${written}\` is not a number`, `for example ${option} ${name}=1.5`),
    );
  else return { name, value };
  return null;
}

/** One of a few words for each option that is given. */
function methodIn(last: (option: string) => string | null, complaints: Complaint[]): Partial<MethodOptions> {
  const chosen = Object.entries(methodChoices).flatMap(([option, words]): [string, string][] => {
    const text = last(`--${option}`);
    if (text === null) return [];
    const word = words.find((known) => known === text);
    if (word !== undefined) return [[option, word]];
    const hint = suggestion(nearest(text, words), `write --${option} ${words.join('|')}`);
    complaints.push(complaint(`--${option} cannot be \`${text}\``, hint));
    return [];
  });
  return Object.fromEntries(chosen);
}

/** A finite number in decimal notation, or null. */
export function numberIn(text: string): number | null {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
