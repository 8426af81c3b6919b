/** Indices in normal form, constant + sum of factor * counter: what addresses are made from. */
import type { Index } from './ir';

export interface Affine {
  readonly constant: number;
  readonly terms: readonly AffineTerm[];
}

export interface AffineTerm {
  readonly counter: number;
  readonly factor: number;
}

/** What is known of a counter's values, both ends included. */
export interface Range {
  readonly least: number;
  readonly greatest: number;
}

const NO_TERMS: readonly AffineTerm[] = [];

export function affine(index: Index): Affine {
  if (index.kind === 'literal') return { constant: index.value, terms: NO_TERMS };
  const factors = new Map<number, number>();
  const constant = collect(index, 1, factors);
  const terms: AffineTerm[] = [];
  for (const [counter, factor] of factors) if (factor !== 0) terms.push({ counter, factor });
  return { constant, terms };
}

/** Adds scale * index to the factors, and returns its constant part. */
function collect(index: Index, scale: number, factors: Map<number, number>): number {
  switch (index.kind) {
    case 'literal':
      return scale * index.value;
    case 'counter':
      factors.set(index.id, (factors.get(index.id) ?? 0) + scale);
      return 0;
    case 'sum':
      return collect(index.first, scale, factors) + collect(index.second, scale, factors);
    case 'product':
      return collect(index.first, scale * index.factor, factors);
  }
}

/** The range of the terms without the constant. */
export function rangeOfTerms(terms: readonly AffineTerm[], ranges: readonly Range[]): Range {
  let least = 0;
  let greatest = 0;
  for (const { counter, factor } of terms) {
    const range = ranges[counter];
    least += factor * (factor > 0 ? range.least : range.greatest);
    greatest += factor * (factor > 0 ? range.greatest : range.least);
  }
  return { least, greatest };
}
