/** Columns of a sweep's table by their names, as tests read them. */
import type { SweepTable } from '../../batch';

export function numbers(table: SweepTable, name: string): Float64Array {
  const column = table.column(name);
  if (column?.kind !== 'real') throw new Error(`there are no numbers ${name}`);
  return column.values;
}

export function words(table: SweepTable, name: string): string[] {
  const column = table.column(name);
  if (column?.kind !== 'label') throw new Error(`there are no words ${name}`);
  return Array.from(column.values, (place) => column.labels[place] ?? '');
}
