/** The words of a command line: operands, and options with what they are given. */
import { nearest } from '../language';
import { type Complaint, complaint, suggestion } from './complaint';
import { example } from './examples';

export interface KnownOptions {
  readonly flags: readonly string[];
  /** Options with a value: `--option VALUE` or `--option=VALUE`. */
  readonly valued: readonly string[];
  /** Options that may have one of these words; the first stands for none. */
  readonly optional?: Readonly<Record<string, readonly string[]>>;
}

/** Every option with its values in the order given. */
export type Given = ReadonlyMap<string, readonly string[]>;

export function readWords(
  args: readonly string[],
  { flags, valued, optional = {} }: KnownOptions,
  complaints: Complaint[],
): { readonly words: readonly string[]; readonly given: Given } {
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
    const choice = optional[name];
    if (choice?.[0] !== undefined && attached === null && !choice.some((word) => word === rest[0]))
      given.set(name, [choice[0]]);
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
  return { words, given };
}
