/** Columns of derivatives, one after the other in the kernel's memory, gathered into arrays with the column last. */
import type { Executable } from '../kernel';

/** Entries of one of the kernel's buffers. */
export class Entries {
  private readonly source: Float64Array;

  constructor(
    executable: Executable,
    buffer: string,
    private readonly numbers: Int32Array,
  ) {
    this.source = executable.buffer(buffer);
  }

  /** Columns from..to-1 of the first `rows` rows of a row-major matrix, row by row. */
  static ofMatrix(
    executable: Executable,
    buffer: string,
    width: number,
    rows: number,
    from: number,
    to: number,
  ): Entries {
    const numbers = new Int32Array(rows * (to - from));
    for (let k = 0, n = 0; k < rows; k++) for (let i = from; i < to; i++) numbers[n++] = k * width + i;
    return new Entries(executable, buffer, numbers);
  }

  /** For so many columns, [entries][columns]. */
  room(columns: number): Float64Array {
    return new Float64Array(this.numbers.length * columns);
  }

  /** Copy what is in memory now into column j. */
  take(target: Float64Array, columns: number, j: number): void {
    const { source, numbers } = this;
    for (let n = 0, at = j; n < numbers.length; n++, at += columns) target[at] = source[numbers[n]];
  }
}
