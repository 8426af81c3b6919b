/** What is wrong with a text, a file or an argument, in the form that programs read. */

export interface Complaint {
  /** Place in the text, from 1; 0 where the mistake is not in the text but in an argument or a file. */
  readonly line: number;
  readonly column: number;
  /** A sentence without its full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** A mistake that lies outside the text. */
export function complaint(message: string, hint?: string): Complaint {
  return { line: 0, column: 0, message, ...(hint === undefined ? {} : { hint }) };
}

/** Ends a command with exit code 2. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly complaints: readonly Complaint[]) {
    super(complaints.map(({ message }) => message).join('; '));
  }
}

/** `did you mean ...?`, or else what to do. */
export function suggestion(near: string | null, otherwise: string): string {
  return near === null ? otherwise : `did you mean \`${near}\`?`;
}

/** Names as a list for people: `a`, `b` and `c`. */
export function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.pop() ?? 'none';
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
}
