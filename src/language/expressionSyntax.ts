/** The syntax of expressions as plain data. */
import type { Span } from './diagnostics';

/** Sums and products are flat, as they are written; brackets are in the shape of the tree. */
export type Expression = Span &
  (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
    | { readonly kind: 'sum'; readonly terms: readonly Term[] }
    | { readonly kind: 'product'; readonly factors: readonly Factor[] }
    | { readonly kind: 'negation'; readonly operand: Expression }
    | { readonly kind: 'power'; readonly base: Expression; readonly exponent: Expression }
    | { readonly kind: 'transpose'; readonly operand: Expression }
    | { readonly kind: 'index'; readonly base: Expression; readonly indices: readonly Index[] }
    | { readonly kind: 'matrix'; readonly rows: readonly (readonly Expression[])[] }
    | { readonly kind: 'family'; readonly bindings: readonly Binding[]; readonly value: Expression }
  );

export interface Term {
  readonly negative: boolean;
  readonly value: Expression;
}

export interface Factor {
  readonly inverse: boolean;
  readonly value: Expression;
}

/** `3`, or `first..last` with both ends included; an end is null where it is left out. */
export type Index = Span &
  (
    | { readonly kind: 'one'; readonly value: Expression }
    | { readonly kind: 'range'; readonly first: Expression | null; readonly last: Expression | null }
  );

/** A name where it is declared or given a value. */
export interface Name extends Span {
  readonly name: string;
}

/** `i in first..last` of a `for`. */
export interface Binding extends Name {
  readonly first: Expression;
  readonly last: Expression;
}

/** Names an expression mentions, functions left out. */
export function* namesIn(expression: Expression): Generator<Name> {
  const pending: Expression[] = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === 'name') yield next;
    else pending.push(...childrenOf(next).reverse());
  }
}

/** Direct parts of an expression, in the order of the text. */
function childrenOf(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'name':
      return [];
    case 'call':
      return [...expression.arguments];
    case 'sum':
      return expression.terms.map((term) => term.value);
    case 'product':
      return expression.factors.map((factor) => factor.value);
    case 'negation':
    case 'transpose':
      return [expression.operand];
    case 'power':
      return [expression.base, expression.exponent];
    case 'index':
      return [expression.base, ...expression.indices.flatMap(partsOfIndex)];
    case 'matrix':
      return expression.rows.flat();
    case 'family':
      return [...expression.bindings.flatMap(({ first, last }) => [first, last]), expression.value];
  }
}

function partsOfIndex(index: Index): Expression[] {
  const parts = index.kind === 'one' ? [index.value] : [index.first, index.last];
  return parts.filter((part) => part !== null);
}
