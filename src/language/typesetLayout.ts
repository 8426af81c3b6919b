/** Formulas on lines: where sums break, and what stands below what. */
import type { Formula } from './typesetExpression';

/** Sums wider than this many characters break into lines. */
const lineWidth = 62;

/** The terms of a sum in lines that are not too wide. */
export function broken(terms: readonly Formula[]): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const term of terms) {
    if (line !== '' && width + term.width > lineWidth) {
      lines.push(line);
      line = '';
      width = 0;
    }
    line = line === '' ? (lines.length > 0 ? `{}${term.latex}` : term.latex) : `${line} ${term.latex}`;
    width += term.width;
  }
  return line === '' ? lines : [...lines, line];
}

/** Cells in rows of so many columns. */
export function inRows(cells: readonly string[], columns: number): string[] {
  const rows: string[] = [];
  for (let i = 0; i < cells.length; i += columns) rows.push(cells.slice(i, i + columns).join(' &\\quad '));
  return rows;
}

/** Rows below one another; nothing where there are none. */
export function aligned(rows: readonly string[]): string {
  return rows.length === 0 ? '' : `\\begin{aligned}${rows.join(' \\\\ ')}\\end{aligned}`;
}
