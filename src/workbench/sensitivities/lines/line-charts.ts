/** The selected derivatives over time: a chart for each subject, a line for each column. */
import type { Table } from '../cells';
import { isObjective, type Subject } from '../subjects';

export interface Line {
  readonly column: string;
  readonly colour: string;
  readonly values: Float64Array;
  /** One of many that have no colour of their own. */
  readonly faint: boolean;
}

export interface LineChart {
  readonly subject: Subject;
  readonly lines: readonly Line[];
}

/** More colours than these are not told apart. */
export const coloured = 8;

/** `sizes`: of the columns of the table; the largest have a colour of their own. */
export function lineCharts({ blocks, columns, values }: Table, sizes: readonly number[]): LineChart[] {
  const colours = coloursOf(sizes);
  const width = columns.length;
  return blocks
    .filter(({ subject }) => !isObjective(subject))
    .map(({ subject, start, rows }) => ({
      subject,
      lines: columns.map((column, j) => ({
        column,
        colour: colours[j] ?? faintColour,
        faint: colours[j] === null,
        values: Float64Array.from({ length: rows }, (_, k) => values[(start + k) * width + j] ?? Number.NaN),
      })),
    }));
}

/** Parallel to the columns; null: no colour of its own. In the order of the columns, so that neighbours differ. */
export function coloursOf(sizes: readonly number[]): (string | null)[] {
  const largest = sizes
    .map((_, j) => j)
    .toSorted((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0))
    .slice(0, coloured);
  let next = 0;
  return sizes.map((_, j) => {
    if (!largest.includes(j)) return null;
    next += 1;
    return `var(--trace-${next})`;
  });
}

const faintColour = 'var(--ink-3)';
