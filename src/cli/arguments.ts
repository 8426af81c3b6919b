/** The command line as data: `costate solve FILE.ocp [options]`, `costate gallery`. */
import { nearest } from '../language';
import type { MethodOptions } from '../solver';
import { type Complaint, complaint, listed, Refusal, suggestion } from './complaint';
import { example } from './examples';
import { methodChoices, type SolverRequest, solverOptions, solverRequest } from './solverOptions';
import { readSweepArguments, type SweepRequest } from './sweepArguments';
import { readWords } from './words';

/** Columns of derivatives, the gradient of one function of the solution, or first and second derivatives of the value. */
export type SensitivityKind = 'forward' | 'adjoint' | 'value';

export interface SolveRequest extends SolverRequest {
  readonly command: 'solve';
  /** A path, `-` for standard input, or the name of a gallery problem. */
  readonly source: string;
  /** Path of a JSON file. */
  readonly guess: string | null;
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
  | SweepRequest
  | { readonly command: 'gallery'; readonly json: boolean }
  | { readonly command: 'help' };

const commands = ['solve', 'sweep', 'gallery', 'help'];
const flags = ['--optimality', '--validity', '--check-finite-differences', '--json', '--help'];
const sensitivityKinds: readonly SensitivityKind[] = ['forward', 'adjoint', 'value'];
const valued = [...['--sensitivities', '--sensitivity-hessian', '--seed', '--guess'], ...solverOptions];

/** Whether the answer is to be JSON; known even where the rest of the arguments cannot be read. */
export const wantsJson = (args: readonly string[]): boolean => args.includes('--json');

/** Throws a Refusal that names every mistake. */
export function readArguments(args: readonly string[]): Request {
  if (args.find((argument) => !argument.startsWith('-')) === 'sweep') return readSweepArguments(args);
  const complaints: Complaint[] = [];
  const { words, given } = readWords(
    args,
    { flags, valued, optional: { '--sensitivities': sensitivityKinds } },
    complaints,
  );
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
  if (command === 'sweep') {
    complaints.push(complaint('sweep comes before its options', 'for example: costate sweep FILE --grid M=0.5:2:20'));
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
  return {
    command: 'solve',
    source: source ?? '',
    ...solverRequest(given, complaints),
    guess: last('--guess'),
    ...sensitivityChoices(last, given, complaints),
    checkFiniteDifferences: given.has('--check-finite-differences'),
    validity: given.has('--validity'),
    optimality: given.has('--optimality'),
    json,
  };
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
  const hessian = word('--sensitivity-hessian', methodChoices.hessian);
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
