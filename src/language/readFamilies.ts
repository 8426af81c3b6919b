/**
 * Lines that stand under `for i in 1..n`: the line behind its colon, or the block below it, which is what is indented
 * more than it is.
 */
import type { SyntaxNode } from '@lezer/common';
import type { Report } from './diagnostics';
import type { Binding } from './expressionSyntax';
import { readBindings } from './readExpression';

interface RepeatedLine {
  readonly line: SyntaxNode;
  readonly bindings: readonly Binding[];
}

interface Block {
  readonly column: number;
  /** Null where the `for` cannot be read. */
  readonly bindings: readonly Binding[] | null;
}

/** The lines of a section with what they are repeated for, from the outermost `for` to the innermost. */
export function repeatedLines(section: SyntaxNode, kind: string, report: Report): RepeatedLine[] {
  const lines: RepeatedLine[] = [];
  const open: Block[] = [];
  for (let node = section.firstChild; node; node = node.nextSibling) {
    if (node.name !== 'For' && node.name !== kind) continue;
    const beside = openingOf(node, report);
    if (!beside) {
      const column = columnOf(node, report);
      while (open.length > 0 && column <= (open.at(-1) as Block).column) open.pop();
    }
    if (node.name === 'For') {
      const opened = { column: columnOf(node, report), bindings: readBindings(node, report) };
      if (!followedByLine(node, kind, report)) open.push(opened);
      continue;
    }
    const own = beside ? [{ column: 0, bindings: readBindings(beside, report) }] : [];
    const all = [...open, ...own].map(({ bindings }) => bindings);
    if (!all.includes(null)) lines.push({ line: node, bindings: all.flatMap((bindings) => bindings ?? []) });
  }
  return lines;
}

/** The `for` before a colon on the same line. */
function openingOf(node: SyntaxNode, report: Report): SyntaxNode | null {
  const colon = node.prevSibling;
  const before = colon?.name === ':' ? colon.prevSibling : null;
  return before?.name === 'For' && report.line(before.to) === report.line(node.from) ? before : null;
}

function followedByLine(node: SyntaxNode, kind: string, report: Report): boolean {
  const line = node.nextSibling?.name === ':' ? node.nextSibling.nextSibling : null;
  return line?.name === kind && report.line(node.to) === report.line(line.from);
}

/** How far the line of the node is indented. */
function columnOf({ from }: SyntaxNode, { text }: Report): number {
  return from - (text.lastIndexOf('\n', from - 1) + 1);
}
