/** Instances as a table in comma-separated values: a line of names, then a line of numbers for each. */
import type { Samples } from './samples';

export type ReadList =
  | { readonly ok: true; readonly samples: Samples }
  /** `line` from 1. */
  | { readonly ok: false; readonly line: number; readonly message: string };

/** Separated by commas, semicolons or tabs, whichever the first line has; empty lines do not count. */
export function readList(text: string): ReadList {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((content, i) => ({ content, line: i + 1 }))
    .filter(({ content }) => content.trim() !== '');
  const [head, ...rows] = lines;
  if (!head) return { ok: false, line: 1, message: 'there is nothing in it' };
  const separator = [',', ';', '\t'].find((mark) => head.content.includes(mark)) ?? ',';
  const cells = (content: string): string[] => content.split(separator).map(unquoted);
  const names = cells(head.content);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) return { ok: false, line: head.line, message: `\`${twice}\` has two columns` };
  if (rows.length === 0) return { ok: false, line: head.line, message: 'there are no rows below the names' };
  const values = new Float64Array(rows.length * names.length);
  for (const [n, { content, line }] of rows.entries()) {
    const row = cells(content);
    if (row.length !== names.length)
      return { ok: false, line, message: `${row.length} values where there are ${names.length} names` };
    for (const [j, cell] of row.entries()) {
      const value = cell === '' ? Number.NaN : Number(cell);
      if (!Number.isFinite(value)) return { ok: false, line, message: `\`${cell}\` is not a number` };
      values[n * names.length + j] = value;
    }
  }
  return { ok: true, samples: { names, values, shape: null } };
}

function unquoted(cell: string): string {
  const text = cell.trim();
  return /^".*"$/.test(text) ? text.slice(1, -1).replaceAll('""', '"').trim() : text;
}
