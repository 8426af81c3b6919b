/**
 * Columns of numbers as comma-separated values, RFC 4180: a line of names, then a line for each row. Numbers have all
 * their digits, so that reading them gives the same numbers back; what is not finite or not there is left empty.
 */

export interface Column {
  readonly name: string;
  readonly values: ArrayLike<number | string>;
  /** Row of the first value; 0 where it does not say. */
  readonly from?: number;
}

const lineEnd = '\r\n';

export function writeCsv(columns: readonly Column[]): string {
  const rows = columns.reduce((most, { values, from = 0 }) => Math.max(most, from + values.length), 0);
  const lines = [columns.map(({ name }) => field(name)).join(',')];
  for (let row = 0; row < rows; row++) {
    lines.push(columns.map(({ values, from = 0 }) => entry(values[row - from])).join(','));
  }
  return lines.join(lineEnd) + lineEnd;
}

function entry(value: number | string | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return field(value);
  return Number.isFinite(value) ? String(value) : '';
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
