/** A place where the parser met something it did not expect, with what is around it. */
import type { SyntaxNode } from '@lezer/common';
import type { Span } from './diagnostics';

export interface Mistake {
  readonly text: string;
  /** What the parser met, and where; at the end of a line what it ends with. */
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
  const ahead = text.slice(error.from, error.from + reach);
  const blanks = /^[^\S\n]*/.exec(ahead)?.[0].length ?? 0;
  const rest = ahead.slice(blanks);
  const atEnd = /^(?:\n|#|\/\/|$)/.test(rest);
  const met = atEnd ? '' : (firstToken.exec(rest)?.[0] ?? '');
  // What is missing at the end of a line is met only after the blank lines that follow: go back to what came before.
  const place = atEnd ? Math.min(error.from, lastContent(error) ?? error.from) : error.from;
  const lineStart = text.lastIndexOf('\n', place - 1) + 1;
  const written = text.slice(Math.max(lineStart, place - reach), place);
  const end = place - (/\s*$/.exec(written)?.[0].length ?? 0);
  const start = error.from + blanks;
  const before = lastToken.exec(written)?.[0].trim() ?? '';
  return {
    text,
    span: atEnd ? { from: end - before.length, to: end } : { from: start, to: start + met.length },
    met,
    before,
    parent: error.parent,
    first: !error.prevSibling,
  };
}

/** End of what stands before the error in the statement, comments left out; null at its start. */
function lastContent(error: SyntaxNode): number | null {
  for (let node: SyntaxNode | null = error; node?.parent?.parent; node = node.parent) {
    let before = node.prevSibling;
    while (before && isNothing(before)) before = before.prevSibling;
    if (before) return endOfContent(before);
  }
  return null;
}

const isNothing = (node: SyntaxNode): boolean => node.name === 'Comment' || node.to === node.from || node.type.isError;

/** A node that the parser ended after an error may have the blanks before the next one in it. */
function endOfContent(node: SyntaxNode): number {
  for (let child = node.lastChild; child; child = child.prevSibling) if (!isNothing(child)) return endOfContent(child);
  return node.to;
}

/** What was met, as the end of a sentence. */
export function metInWords({ met }: Mistake): string {
  return met === '' ? 'the line ends here' : `\`${met}\` stands here`;
}

/** Whether an operand must follow the token. */
export const wantsOperand = (token: string): boolean => /^(?:[-+*/^=<>(,]|<=|>=|==)$/.test(token);

export const endsOperand = (token: string): boolean => /^(?:[A-Za-z_]\w*|[\d.]+|\))$/.test(token);

export const startsOperand = (token: string): boolean => /^[A-Za-z_\d(.]/.test(token) && token !== '..';
