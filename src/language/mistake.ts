/** A place where the parser met something it did not expect, with what is around it. */
import type { SyntaxNode } from '@lezer/common';
import type { Span } from './diagnostics';

export interface Mistake {
  readonly text: string;
  /** What the parser met, and where; at the end of a line the last character before it. */
  readonly span: Span;
  /** What the parser met; empty at the end of a line. */
  readonly met: string;
  /** What stands before it on the same line; empty at the start. */
  readonly before: string;
  /** The node of the syntax tree that lacks something, or has too much. */
  readonly parent: SyntaxNode | null;
  /** Whether it is at the very start of that node. */
  readonly first: boolean;
}

export interface Explanation {
  readonly span: Span;
  readonly message: string;
  readonly hint?: string | undefined;
}

const firstToken = /^(?:[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.(?!\.)\d*)?|"[^"\n]*"?|<=|>=|==|\.\.|\S)/u;
const lastToken = /(?:[A-Za-z_][A-Za-z0-9_]*|[\d.]+|"[^"\n]*"|<=|>=|==|\S)\s*$/u;

/** How far to look around: nothing that matters is longer. */
const reach = 400;

export function mistakeAt(error: SyntaxNode, text: string): Mistake {
  const lineStart = text.lastIndexOf('\n', error.from - 1) + 1;
  const written = text.slice(Math.max(lineStart, error.from - reach), error.from);
  const ahead = text.slice(error.from, error.from + reach);
  const blanks = /^[^\S\n]*/.exec(ahead)?.[0].length ?? 0;
  const rest = ahead.slice(blanks);
  const atEnd = /^(?:\n|#|\/\/|$)/.test(rest);
  const met = atEnd ? '' : (firstToken.exec(rest)?.[0] ?? '');
  const start = error.from + blanks;
  const end = error.from - (/\s*$/.exec(written)?.[0].length ?? 0);
  return {
    text,
    span: atEnd ? { from: Math.max(lineStart, end - 1), to: end } : { from: start, to: start + met.length },
    met,
    before: lastToken.exec(written)?.[0].trim() ?? '',
    parent: error.parent,
    first: !error.prevSibling,
  };
}

/** What was met, as the end of a sentence. */
export function metInWords({ met }: Mistake): string {
  return met === '' ? 'the line ends here' : `\`${met}\` stands here`;
}

/** Whether an operand must follow the token. */
export const wantsOperand = (token: string): boolean => /^(?:[-+*/^=<>(,]|<=|>=|==)$/.test(token);

export const endsOperand = (token: string): boolean => /^(?:[A-Za-z_]\w*|[\d.]+|\))$/.test(token);

export const startsOperand = (token: string): boolean => /^[A-Za-z_\d(.]/.test(token) && token !== '..';
