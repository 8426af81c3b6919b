/** Coefficients of random problems, from a seed: fast-check draws sizes and seeds, so that what fails shrinks and repeats. */
export class Random {
  constructor(private state: number) {
    for (let i = 0; i < 4; i++) this.uniform();
  }

  /** Linear congruences modulo 2^32, the upper bits (Knuth, The Art of Computer Programming 2, section 3.2.1). */
  uniform(low = -1, high = 1): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return low + (high - low) * ((this.state >>> 8) / 2 ** 24);
  }

  /** Evenly in the logarithm. */
  magnitude(low: number, high: number): number {
    return Math.exp(this.uniform(Math.log(low), Math.log(high)));
  }

  /** 0..count-1 */
  index(count: number): number {
    return Math.min(count - 1, Math.floor(this.uniform(0, count)));
  }

  chance(probability: number): boolean {
    return this.uniform(0, 1) < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.index(choices.length)];
  }

  vector(length: number, size = 1): number[] {
    return Array.from({ length }, () => this.uniform(-size, size));
  }

  matrix(rows: number, columns: number, size = 1): number[][] {
    return Array.from({ length: rows }, () => this.vector(columns, size));
  }

  symmetric(order: number, size = 1): number[][] {
    const matrix = this.matrix(order, order, size);
    return matrix.map((row, i) => row.map((value, j) => (j <= i ? value : matrix[j][i])));
  }
}
