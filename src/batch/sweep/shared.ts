/**
 * What the threads of a sweep have in common where memory can be shared: samples to read from, and the numbers of the
 * table to write to. Elsewhere every chunk carries its samples there and its numbers back.
 */
import { sharedMemory } from '../pool';
import type { Column } from './column';

/** Zeros, in memory that can be shared where there is any. */
export function numbersToShare(length: number): Float64Array {
  const memory = sharedMemory(length * Float64Array.BYTES_PER_ELEMENT);
  return memory ? new Float64Array(memory) : new Float64Array(length);
}

export const isShared = ({ buffer }: Float64Array): boolean => !(buffer instanceof ArrayBuffer);

/** The numbers of a chunk into those rows of the table; words are left to be sent. */
export function writeRows(numbers: Float64Array, rows: Int32Array, columns: readonly Column[]): Column[] {
  const count = numbers.length / columns.filter(({ kind }) => kind === 'real').length;
  let written = 0;
  return columns.map((column) => {
    if (column.kind !== 'real') return column;
    const start = count * written++;
    for (let i = 0; i < rows.length; i++) numbers[start + rows[i]] = column.values[i];
    return { kind: 'shared', name: column.name };
  });
}
