/**
 * A matrix for every stage, of which the generator knows the structure: an entry that is the same literal at every
 * stage (a structural zero, a constant of the model) is never stored, and code that uses it is folded.
 */
import { type Buffer, type Executable, type Indexish, type Program, type Real, type Realish, real } from '../kernel';
import { padded } from './tiles';

/** How many times as fast a multiply-add is in a tile as in straight-line code. */
const TILE_GAIN = 2.5;
/** Tiles of smaller blocks are mostly edges. */
const LEAST_TILED = 6;

export class MatrixField {
  private readonly buffer: Buffer;
  /** Length of a row in memory. */
  private readonly width: number;
  private readonly literals = new Map<number, number>();
  private readonly varying = new Set<number>();

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

  /** Record stores of the literals, so that `at` a counter finds them too. */
  fill(): void {
    if (this.literals.size === 0) return;
    this.program.for(0, this.stages, (k) => {
      for (const [key, value] of this.literals)
        this.buffer.at(k, Math.floor(key / this.columns), key % this.columns).set(value);
    });
  }

  /** The entry as it stands in memory, for the host. */
  read(kernel: Executable, k: number, i: number, j: number): number {
    const known = this.literals.get(i * this.columns + j);
    return known ?? kernel.buffer(this.name)[((k - this.from) * this.rows + i) * this.width + j];
  }

  /**
   * Whether products J'VJ with it are quicker in tiles of whole blocks than in straight-line code without the structural
   * zeros that are known by now.
   */
  paysTiled(): boolean {
    const { rows, columns } = this;
    if (!this.unrolled) return true;
    const nonzeros = Array.from({ length: columns }, () => rows);
    for (const [key, value] of this.literals) if (value === 0) nonzeros[key % columns]--;
    // Multiply-adds of V J and of the lower triangle of J' (V J).
    const straight = nonzeros.reduce((sum, count, j) => sum + count * (rows + j + 1), 0);
    const whole = rows * rows * columns + (rows * columns * (columns + 1)) / 2;
    return rows >= LEAST_TILED && whole < TILE_GAIN * straight;
  }

  private place(k: Indexish): Indexish {
    return typeof k === 'number' ? k - this.from : k.minus(this.from);
  }

  private get unrolled(): boolean {
    return Math.max(this.rows, this.columns) <= this.program.unrollLimit;
  }
}
