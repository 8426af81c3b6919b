/** A sweep as columns for files: what is varied, then what was kept. */
import type { Samples } from '../sampling';
import type { SweepTable } from './table';

export interface WrittenColumn {
  readonly name: string;
  readonly values: ArrayLike<number | string>;
}

/** `asked`: whether a column of the table is wanted, by its name. */
export function writtenColumns(
  { names, values }: Samples,
  table: SweepTable,
  asked: (name: string) => boolean = () => true,
): WrittenColumn[] {
  const varied = names.map((name, j) => ({
    name,
    values: Float64Array.from({ length: table.count }, (_, n) => values[n * names.length + j]),
  }));
  const kept = table.columns
    .filter(({ name }) => asked(name))
    .map(({ name, ...column }) => ({
      // A parameter may have the name of a quantity.
      name: names.includes(name) ? `${name} (solution)` : name,
      values: column.kind === 'real' ? column.values : Array.from(column.values, (place) => column.labels[place] ?? ''),
    }));
  return [...varied, ...kept];
}
