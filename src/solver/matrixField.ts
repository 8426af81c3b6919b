/**
 * A matrix for every stage, of which the generator knows the structure: an entry that is the same at every stage of a
 * solve is not stored with each linearisation. A literal (a structural zero, a constant of the model) is folded into the
 * code that uses it; a number made of parameters alone is read from where it is kept.
 */
import { type Buffer, type Executable, type Indexish, type Program, type Real, type Realish, real } from '../kernel';
import { padded } from './tiles';

/** How many times as fast a multiply-add is in a tile as in straight-line code. */
const TILE_GAIN = 2.5;
/** Tiles of smaller blocks are mostly edges. */
const LEAST_TILED = 6;

/** Memory for a matrix of at most this shape at every stage from 0 on. */
export function matrices(program: Program, name: string, stages: number, rows: number, columns: number): Buffer {
  return program.buffer(name, stages, rows, padded(columns));
}

export class MatrixField {
  private readonly constants = new Map<number, Real>();
  private readonly varying = new Set<number>();
  /** Whether it is known to be the same at every stage, and code relies on its being stored once. */
  private stationary: boolean | null = null;

  constructor(
    private readonly program: Program,
    /** As `matrices` makes it; the fields of several spans of stages may share it. */
    private readonly buffer: Buffer,
    /** Stages from..to-1. */
    private readonly from: number,
    private readonly to: number,
    readonly rows: number,
    readonly columns: number,
    /** Whether a value stays what it is throughout a solve. */
    private readonly isConstant: (value: Real) => boolean,
  ) {}

  /** Record that entry (i, j) of stage k is `value`. */
  set(k: Indexish, i: Indexish, j: Indexish, value: Realish): void {
    const term = real(value);
    if (typeof i === 'number' && typeof j === 'number') {
      const key = i * this.columns + j;
      const known = this.constants.get(key);
      const constant = term.literal !== null || this.isConstant(term);
      if (constant && !this.varying.has(key) && (known === undefined || same(known, term))) {
        this.constants.set(key, term);
        return;
      }
      if (known !== undefined) throw new Error(`${this.buffer.name} (${i}, ${j}) was taken for a constant`);
      this.varying.add(key);
    }
    this.store(k, i, j, term);
  }

  /** Entry (i, j) has been stored in the buffer: `value` is to be added to it. */
  addTo(k: Indexish, i: number, j: number, value: Realish): void {
    this.varying.add(i * this.columns + j);
    if (real(value).literal !== 0) this.buffer.at(k, i, j).add(value);
  }

  /** Another value for the entry, whatever was known of it: from here on it is stored. */
  replace(k: Indexish, i: number, j: number, value: Realish): void {
    const key = i * this.columns + j;
    this.constants.delete(key);
    this.varying.add(key);
    this.store(k, i, j, value);
  }

  at(k: Indexish, i: Indexish, j: Indexish): Real {
    if (typeof i === 'number' && typeof j === 'number') {
      const known = this.constants.get(i * this.columns + j);
      if (known !== undefined) return known;
    }
    this.stationary ??= this.varying.size === 0;
    return this.buffer.at(this.stationary ? this.from : k, i, j);
  }

  /** Record stores of the constants, so that `at` a counter finds them too. */
  fill(): void {
    if (this.constants.size === 0) return;
    this.program.for(this.from, this.stationary ? this.from + 1 : this.to, (k) => {
      for (const [key, value] of this.constants)
        this.buffer.at(k, Math.floor(key / this.columns), key % this.columns).set(value);
    });
  }

  /** The entry as it stands in memory, for the host. */
  read(kernel: Executable, k: number, i: number, j: number): number {
    const known = this.constants.get(i * this.columns + j)?.term;
    if (known?.kind === 'literal') return known.value;
    if (known?.kind === 'load' && known.index.kind === 'literal') return kernel.buffer(known.buffer)[known.index.value];
    const [, height, width] = this.buffer.shape;
    return kernel.buffer(this.buffer.name)[(k * height + i) * width + j];
  }

  /**
   * Whether products J'VJ with it are quicker in tiles of whole blocks than in straight-line code without the structural
   * zeros that are known by now.
   */
  paysTiled(): boolean {
    const { rows, columns } = this;
    if (!this.unrolled) return true;
    const nonzeros = Array.from({ length: columns }, () => rows);
    for (const [key, value] of this.constants) if (value.literal === 0) nonzeros[key % columns]--;
    // Multiply-adds of V J and of the lower triangle of J' (V J).
    const straight = nonzeros.reduce((sum, count, j) => sum + count * (rows + j + 1), 0);
    const whole = rows * rows * columns + (rows * columns * (columns + 1)) / 2;
    return rows >= LEAST_TILED && whole < TILE_GAIN * straight;
  }

  private store(k: Indexish, i: Indexish, j: Indexish, value: Realish): void {
    if (this.stationary) throw new Error(`${this.buffer.name} was taken for the same at every stage`);
    this.buffer.at(k, i, j).set(value);
  }

  private get unrolled(): boolean {
    return Math.max(this.rows, this.columns) <= this.program.unrollLimit;
  }
}

function same(a: Real, b: Real): boolean {
  return a === b || (a.literal !== null && a.literal === b.literal);
}
