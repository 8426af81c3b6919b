/** Columns of derivatives, one after the other in the kernel's memory, gathered into arrays with the column last. */
import type { Executable } from '../kernel';

export interface ColumnCollector {
  /** Columns from..to-1 of the first `rows` rows of a row-major buffer: [rows][to - from][columns]. */
  matrix(buffer: string, width: number, rows: number, from: number, to: number): Float64Array;
  /** The entries of a buffer with these numbers: [numbers][columns]. */
  entries(buffer: string, numbers: Int32Array): Float64Array;
  /** Copy what is in memory now into column j of every array. */
  take(j: number): void;
}

export function columnCollector(executable: Executable, columns: number): ColumnCollector {
  const copies: ((j: number) => void)[] = [];
  const collector: ColumnCollector = {
    matrix(buffer, width, rows, from, to) {
      const numbers = new Int32Array(rows * (to - from));
      for (let k = 0, n = 0; k < rows; k++) for (let i = from; i < to; i++) numbers[n++] = k * width + i;
      return collector.entries(buffer, numbers);
    },
    entries(buffer, numbers) {
      const source = executable.buffer(buffer);
      const target = new Float64Array(numbers.length * columns);
      copies.push((j) => {
        for (let n = 0; n < numbers.length; n++) target[n * columns + j] = source[numbers[n]];
      });
      return target;
    },
    take(j) {
      for (const copy of copies) copy(j);
    },
  };
  return collector;
}
