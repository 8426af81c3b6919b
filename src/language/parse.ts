/** Text -> syntax: size limits, the parser, its errors in words. */
import type { Tree } from '@lezer/common';
import type { Report } from './diagnostics';
import { parser } from './parser.generated';
import { readDocument } from './readDocument';
import type { Document } from './syntax';
import { reportSyntaxErrors } from './syntaxErrors';
import { limits } from './words';

export function parseTree(text: string): Tree {
  return parser.parse(text);
}

/** Null where the text is not read at all; the report then says why. */
export function parseDocument(report: Report): Document | null {
  if (!withinLimits(report)) return null;
  const tree = parseTree(report.text);
  reportSyntaxErrors(tree, report);
  return readDocument(tree, report);
}

function withinLimits(report: Report): boolean {
  const { text } = report;
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > limits.bytes) {
    const message = `the text has ${bytes} bytes; at most ${limits.bytes} (64 kB) are read`;
    report.error({ from: 0, to: Math.min(1, text.length) }, message);
    return false;
  }
  const bracket = tooDeep(text);
  if (bracket !== null) {
    const hint = 'name a part of it with `let`';
    report.error({ from: bracket, to: bracket + 1 }, `brackets are nested more than ${limits.depth} deep`, hint);
    return false;
  }
  return true;
}

/** Place of the first bracket that lies too deep; comments and descriptions do not count. */
function tooDeep(text: string): number | null {
  let depth = 0;
  for (const { index, 0: piece } of text.matchAll(/"[^"\n]*"?|(?:#|\/\/)[^\n]*|[()[\]]/g)) {
    if (piece === '(' || piece === '[') depth++;
    else if (piece === ')' || piece === ']') depth = Math.max(0, depth - 1);
    if (depth > limits.depth) return index;
  }
  return null;
}
