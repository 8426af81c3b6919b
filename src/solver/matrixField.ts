/**
 * A matrix for every stage, of which the generator knows the structure: an entry that is the same literal at every
 * stage (a structural zero, a constant of the model) is never stored, and code that uses it is folded.
 */
import { type Buffer, type Executable, type Indexish, type Program, type Real, type Realish, real } from '../kernel';
import { padded } from './tiles';

export class MatrixField {
  private readonly buffer: Buffer;
  /** Length of a row in memory. */
  private readonly width: number;
  private readonly literals = new Map<number, number>();
  private readonly varying = new Set<number>();
  private literalsStored = false;

  constructor(
    private readonly program: Program,
    readonly name: string,
    readonly stages: number,
    readonly rows: number,
    readonly columns: number,
    /** Its first stage. */
    private readonly from = 0,
  ) {
    this.width = padded(columns);
    this.buffer = program.buffer(name, stages, rows, this.width);
  }

  /** Record that entry (i, j) of stage k is `value`. */
  set(k: Indexish, i: Indexish, j: Indexish, value: Realish): void {
    const term = real(value);
    if (typeof i === 'number' && typeof j === 'number') {
      const key = i * this.columns + j;
      const known = this.literals.get(key);
      if (
        this.unrolled &&
        !this.varying.has(key) &&
        term.literal !== null &&
        (known ?? term.literal) === term.literal
      ) {
        this.literals.set(key, term.literal);
        return;
      }
      if (known !== undefined) throw new Error(`${this.name} (${i}, ${j}) was taken for the constant ${known}`);
      this.varying.add(key);
    }
    this.buffer.at(this.place(k), i, j).set(term);
  }

  /** Another value for the entry, whatever was known of it: from here on it is stored. */
  replace(k: Indexish, i: number, j: number, value: Realish): void {
    const key = i * this.columns + j;
    this.literals.delete(key);
    this.varying.add(key);
    this.buffer.at(this.place(k), i, j).set(value);
  }

  at(k: Indexish, i: Indexish, j: Indexish): Real {
    if (typeof i === 'number' && typeof j === 'number') {
      const known = this.literals.get(i * this.columns + j);
      if (known !== undefined) return real(known);
    }
    return this.buffer.at(this.place(k), i, j);
  }

  /** From memory even where it is a literal, which `storeLiterals` has put there. */
  stored(k: Indexish, i: Indexish, j: Indexish): Real {
    return this.buffer.at(this.place(k), i, j);
  }

  /** Have literals in memory too, for code that does not look at the structure. */
  storeLiterals(): void {
    this.literalsStored = true;
  }

  /** Record what `storeLiterals` asks for, once all entries are known. */
  fill(): void {
    if (!this.literalsStored) return;
    this.program.for(0, this.stages, (k) => {
      for (const [key, value] of this.literals)
        this.buffer.at(k, Math.floor(key / this.columns), key % this.columns).set(value);
    });
  }

  /** Entries of a column that are not zero by structure, so far as is known by now. */
  nonzeros(column: number): number {
    let count = this.rows;
    for (const [key, value] of this.literals) if (value === 0 && key % this.columns === column) count--;
    return count;
  }

  /** The entry as it stands in memory, for the host. */
  read(kernel: Executable, k: number, i: number, j: number): number {
    const known = this.literals.get(i * this.columns + j);
    return known ?? kernel.buffer(this.name)[((k - this.from) * this.rows + i) * this.width + j];
  }

  private place(k: Indexish): Indexish {
    return typeof k === 'number' ? k - this.from : k.minus(this.from);
  }

  private get unrolled(): boolean {
    return Math.max(this.rows, this.columns) <= this.program.unrollLimit;
  }
}
