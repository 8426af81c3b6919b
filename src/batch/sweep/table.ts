/** What has been found so far, a row for each instance: rows arrive in chunks, in any order. */
import { type Column, LabelColumn, RealColumn } from './column';
import { type Keep, Recorder } from './keep';
import { numbersToShare } from './shared';

export class SweepTable {
  readonly columns: readonly (LabelColumn | RealColumn)[];
  /** Of the columns of numbers, one after the other: what threads share, where they can. */
  readonly numbers: Float64Array;
  /** Rows that have arrived. */
  done = 0;

  constructor(
    keep: Keep,
    readonly count: number,
  ) {
    const { columns } = new Recorder(keep, { states: [], controls: [], algebraics: [] }, 0);
    this.numbers = numbersToShare(count * columns.filter(({ kind }) => kind === 'real').length);
    let used = 0;
    this.columns = columns.map(({ kind, name }) => {
      if (kind !== 'real') return new LabelColumn(name, count);
      const first = used;
      used += count;
      return new RealColumn(name, count, this.numbers.subarray(first, used));
    });
  }

  /** `rows`: the number of each row of `part`. */
  put(rows: ArrayLike<number>, part: readonly Column[]): void {
    this.columns.forEach((column, c) => {
      const from = part[c];
      if (column.kind === 'real' && from.kind === 'real')
        for (let i = 0; i < rows.length; i++) column.values[rows[i]] = from.values[i];
      else if (column.kind === 'label' && from.kind === 'label') {
        const places = from.labels.map((label) => column.place(label));
        for (let i = 0; i < rows.length; i++) column.values[rows[i]] = from.values[i] < 0 ? -1 : places[from.values[i]];
      }
    });
    this.done += rows.length;
  }

  /** The opposite: some of the rows, as they are put into another table. */
  take(rows: ArrayLike<number>): Column[] {
    return this.columns.map((column): Column => {
      const { kind, name, values } = column;
      if (kind === 'real') return { kind, name, values: Float64Array.from(rows, (row) => values[row]) };
      return { kind, name, values: Int32Array.from(rows, (row) => values[row]), labels: column.labels };
    });
  }

  /** Rows of which nothing is known but how they ended. */
  fail(rows: ArrayLike<number>, status: SweepFailure, message: string): void {
    for (const column of this.columns) {
      if (column.kind !== 'label') continue;
      const word = { status, message, active: 'unknown' }[column.name] ?? '';
      for (let i = 0; i < rows.length; i++) column.set(rows[i], word);
    }
    this.done += rows.length;
  }

  column(name: string): LabelColumn | RealColumn | null {
    return this.columns.find((column) => column.name === name) ?? null;
  }

  /** How many rows ended how; those that have not arrived are not counted. */
  statuses(): Map<string, number> {
    const column = this.column('status');
    if (column?.kind !== 'label') return new Map();
    const counts = column.labels.map(() => 0);
    for (const place of column.values) if (place >= 0) counts[place]++;
    return new Map(
      column.labels.map((label, place) => [label, counts[place]] as const).filter(([, count]) => count > 0),
    );
  }
}

/** Ends that no solver reports: the thread has gone, or the sweep was ended first. */
export type SweepFailure = 'crashed' | 'cancelled';
