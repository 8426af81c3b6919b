/** The command line as data: `costate solve FILE.ocp [options]`, `costate gallery`. */
import { nearest } from '../language';
import type { MethodOptions } from '../solver';
import { type Complaint, complaint, listed, Refusal, suggestion } from './complaint';

export interface Assignment {
  readonly name: string;
  readonly value: number;
}

/** Columns of derivatives, the gradient of one function of the solution, or first and second derivatives of the value. */
export type SensitivityKind = 'forward' | 'adjoint' | 'value';

export interface SolveRequest {
  readonly command: 'solve';
  /** A path, `-` for standard input, or the name of a gallery problem. */
  readonly source: string;
  /** Parameters and initial states, in the order given; the last of a name counts. */
  readonly set: readonly Assignment[];
  readonly initial: readonly Assignment[];
  /** Path of a JSON file. */
  readonly guess: string | null;
  readonly tolerance: number | null;
  readonly tau: number | null;
  readonly maxIterations: number | null;
  readonly timeLimitMs: number | null;
  /** What is said of the method; it counts more than what the text says. */
  readonly method: Partial<MethodOptions>;
  /** Null: not asked for. */
  readonly sensitivities: SensitivityKind | null;
  /** Of the linear system of forward sensitivities. */
  readonly sensitivityHessian: MethodOptions['hessian'];
  /** Path of a JSON file, for adjoint sensitivities. */
  readonly seed: string | null;
  readonly checkFiniteDifferences: boolean;
  readonly validity: boolean;
  readonly optimality: boolean;
  readonly json: boolean;
}

export type Request =
  | SolveRequest
  | { readonly command: 'gallery'; readonly json: boolean }
  | { readonly command: 'help' };

const commands = ['solve', 'gallery', 'help'];
const flags = ['--optimality', '--validity', '--check-finite-differences', '--json', '--help'];
const sensitivityKinds: readonly SensitivityKind[] = ['forward', 'adjoint', 'value'];
const choices: { readonly [Option in keyof MethodOptions]: readonly MethodOptions[Option][] } = {
  method: ['interior-point', 'sqp', 'rti'],
  hessian: ['exact', 'gauss-newton'],
  regularize: ['none', 'mirror', 'project'],
  globalization: ['merit', 'full'],
};
const valued = [
  ...['--sensitivities', '--sensitivity-hessian', '--seed'],
  ...['--set', '--initial', '--guess', '--tolerance', '--tau', '--max-iterations', '--time-limit'],
  ...Object.keys(choices).map((option) => `--${option}`),
];

/** Whether the answer is to be JSON; known even where the rest of the arguments cannot be read. */
export const wantsJson = (args: readonly string[]): boolean => args.includes('--json');

/** Throws a Refusal that names every mistake. */
export function readArguments(args: readonly string[]): Request {
  const complaints: Complaint[] = [];
  const words: string[] = [];
  const given = new Map<string, string[]>();
  const rest = [...args];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '-h') argument = '--help';
    if (argument === '-' || !argument.startsWith('-')) {
      words.push(argument);
      continue;
    }
    const at = argument.indexOf('=');
    const name = at < 0 ? argument : argument.slice(0, at);
    const attached = at < 0 ? null : argument.slice(at + 1);
    if (name === '--sensitivities' && attached === null && !sensitivityKinds.some((kind) => kind === rest[0]))
      given.set(name, ['forward']);
    else if (flags.includes(name) && attached === null) given.set(name, []);
    else if (flags.includes(name)) complaints.push(complaint(`${name} takes no value`, `write ${name}`));
    else if (!valued.includes(name)) {
      const near = nearest(name, [...flags, ...valued]);
      complaints.push(complaint(`there is no option ${name}`, suggestion(near, '--help lists the options')));
      if (attached === null && near !== null && valued.includes(near)) rest.shift();
    } else {
      const value = attached ?? (rest[0]?.startsWith('--') ? undefined : rest.shift());
      if (value === undefined) complaints.push(complaint(`${name} needs a value`, `for example ${example(name)}`));
      else given.set(name, [...(given.get(name) ?? []), value]);
    }
  }
  const request = requestOf(words, given, complaints);
  if (request === null || complaints.length > 0) throw new Refusal(complaints);
  return request;
}

function requestOf(
  [command = 'help', ...operands]: readonly string[],
  given: ReadonlyMap<string, readonly string[]>,
  complaints: Complaint[],
): Request | null {
  if (command === 'help' || given.has('--help')) return { command: 'help' };
  if (!commands.includes(command)) {
    const isFile = command.endsWith('.ocp');
    const near = isFile ? `solve ${command}` : nearest(command, commands);
    complaints.push(
      complaint(`there is no command ${command}`, suggestion(near, `the commands are ${listed(commands)}`)),
    );
    return null;
  }
  const json = given.has('--json');
  const most = command === 'solve' ? 1 : 0;
  for (const operand of operands.slice(most)) {
    const hint = /^[^=]+=[^=]+$/.test(operand) ? `did you mean --set ${operand}?` : 'leave it out';
    complaints.push(
      complaint(`${command} takes ${most === 0 ? 'no' : 'one'} file, and ${operand} is another argument`, hint),
    );
  }
  if (command === 'gallery') return { command: 'gallery', json };

  const [source] = operands;
  if (source === undefined)
    complaints.push(complaint('solve needs a file', 'for example: costate solve pendulum-swing-up'));
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
    command: 'solve',
    source: source ?? '',
    set: assignments('--set'),
    initial: assignments('--initial'),
    guess: last('--guess'),
    tolerance: positive('--tolerance'),
    tau: positive('--tau'),
    maxIterations: maxIterations === null ? null : Number(maxIterations),
    timeLimitMs: positive('--time-limit'),
    method: methodIn(last, complaints),
    ...sensitivityChoices(last, given, complaints),
    checkFiniteDifferences: given.has('--check-finite-differences'),
    validity: given.has('--validity'),
    optimality: given.has('--optimality'),
    json,
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
  const chosen = Object.entries(choices).flatMap(([option, words]): [string, string][] => {
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

type SensitivityChoices = Pick<SolveRequest, 'sensitivities' | 'sensitivityHessian' | 'seed'>;

/** What is said of the sensitivities, and whether it goes together. */
function sensitivityChoices(
  last: (option: string) => string | null,
  given: ReadonlyMap<string, readonly string[]>,
  complaints: Complaint[],
): SensitivityChoices {
  const word = <Word extends string>(option: string, words: readonly Word[]): Word | null => {
    const text = last(option);
    const found = words.find((known) => known === text) ?? null;
    if (text !== null && found === null)
      complaints.push(
        complaint(
          `${option} cannot be \`${text}\``,
          suggestion(nearest(text, words), `write ${option} ${words.join('|')}`),
        ),
      );
    return found;
  };
  const sensitivities = word('--sensitivities', sensitivityKinds);
  const hessian = word('--sensitivity-hessian', choices.hessian);
  const seed = last('--seed');
  if (sensitivities === 'adjoint' && seed === null)
    complaints.push(complaint('--sensitivities adjoint needs a seed', `for example ${example('--seed')}`));
  if (sensitivities !== 'adjoint' && seed !== null)
    complaints.push(complaint('--seed belongs to adjoint sensitivities', 'add --sensitivities adjoint'));
  if (sensitivities !== 'forward' && hessian === 'gauss-newton')
    complaints.push(
      complaint('--sensitivity-hessian gauss-newton is for forward sensitivities', 'add --sensitivities forward'),
    );
  if (sensitivities !== 'forward' && given.has('--check-finite-differences'))
    complaints.push(
      complaint('--check-finite-differences checks forward sensitivities', 'add --sensitivities forward'),
    );
  return { sensitivities, sensitivityHessian: hessian ?? 'exact', seed };
}

/** A finite number in decimal notation, or null. */
function numberIn(text: string): number | null {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function example(option: string): string {
  const examples: Readonly<Record<string, string>> = {
    '--set': '--set mass=1.5',
    '--initial': '--initial position=0.5',
    '--guess': '--guess solution.json',
    '--tolerance': '--tolerance 1e-10',
    '--tau': '--tau 1e-3',
    '--max-iterations': '--max-iterations 500',
    '--time-limit': '--time-limit 2000, in milliseconds',
    '--method': '--method sqp',
    '--hessian': '--hessian gauss-newton',
    '--sensitivities': '--sensitivities adjoint',
    '--sensitivity-hessian': '--sensitivity-hessian gauss-newton',
    '--seed': '--seed seed.json',
    '--regularize': '--regularize project',
    '--globalization': '--globalization full',
  };
  return examples[option] ?? option;
}
