/** Indices in normal form, constant + sum of factor * counter: what addresses are made from. */
import type { Index } from './ir';

/** What is known of a counter's values, both ends included. */
export interface Range {
  readonly least: number;
  readonly greatest: number;
}

/** The normal form of one index at a time: emitters look at so many that a new object for each would be felt. */
export class Affine {
  constant = 0;
  /** Terms 0..count-1 are factors[i] * counter counters[i]. */
  count = 0;
  readonly counters: number[] = [];
  readonly factors: number[] = [];

  /** scale * index */
  set(index: Index, scale = 1): void {
    this.constant = 0;
    this.count = 0;
    this.add(index, scale);
  }

  /** What tells the terms from others. */
  get key(): string {
    let key = '';
    for (let i = 0; i < this.count; i++) if (this.factors[i] !== 0) key += `${this.factors[i]} ${this.counters[i]} `;
    return key;
  }

  factorOf(counter: number): number {
    for (let i = 0; i < this.count; i++) if (this.counters[i] === counter) return this.factors[i];
    return 0;
  }

  /** The least value, where the ranges of the counters are known. */
  least(ranges: readonly Range[]): number {
    let least = this.constant;
    for (let i = 0; i < this.count; i++) {
      const factor = this.factors[i];
      if (factor !== 0) least += factor * ranges[this.counters[i]][factor > 0 ? 'least' : 'greatest'];
    }
    return least;
  }

  /** The greatest value, likewise. */
  greatest(ranges: readonly Range[]): number {
    let greatest = this.constant;
    for (let i = 0; i < this.count; i++) {
      const factor = this.factors[i];
      if (factor !== 0) greatest += factor * ranges[this.counters[i]][factor > 0 ? 'greatest' : 'least'];
    }
    return greatest;
  }

  private add(index: Index, scale: number): void {
    switch (index.kind) {
      case 'literal':
        this.constant += scale * index.value;
        break;
      case 'counter':
        this.addCounter(index.id, scale);
        break;
      case 'sum':
        this.add(index.first, scale);
        this.add(index.second, scale);
        break;
      case 'product':
        this.add(index.first, scale * index.factor);
        break;
    }
  }

  private addCounter(counter: number, factor: number): void {
    for (let i = 0; i < this.count; i++) {
      if (this.counters[i] !== counter) continue;
      this.factors[i] += factor;
      return;
    }
    this.counters[this.count] = counter;
    this.factors[this.count++] = factor;
  }
}
