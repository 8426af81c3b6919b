/** The syntax of a text as plain data: what is written, with places, before any name is looked up. */
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
  );

export interface Term {
  readonly negative: boolean;
  readonly value: Expression;
}

export interface Factor {
  readonly inverse: boolean;
  readonly value: Expression;
}

/** Expressions with operands and an operator. */
export type Operation = Exclude<Expression, { kind: 'number' | 'name' | 'call' }>;

/** A name where it is declared or given a value. */
export interface Name extends Span {
  readonly name: string;
}

export interface Quoted extends Span {
  readonly text: string;
}

/** A side is null where it is left out. */
export interface Range extends Span {
  readonly lower: Expression | null;
  readonly upper: Expression | null;
}

/** Linear over the horizon; `= value` has both ends the same. */
export interface Path {
  readonly start: Expression;
  readonly end: Expression;
}

/** Expressions are null where the text has none that can be read; the reason is then reported already. */
export interface ParameterSyntax extends Span {
  readonly kind: 'parameter';
  readonly target: Name;
  readonly value: Expression | null;
  readonly range: Range | null;
  readonly description: string;
}

export interface ConstantSyntax extends Span {
  readonly kind: 'constant';
  readonly target: Name;
  readonly value: Expression | null;
  readonly description: string;
}

export interface LetSyntax extends Span {
  readonly kind: 'let';
  readonly target: Name;
  readonly value: Expression | null;
  readonly description: string;
}

export interface StateSyntax extends Span {
  readonly kind: 'state';
  readonly target: Name;
  readonly initial: Expression | 'free' | null;
  readonly guess: Path | null;
  readonly description: string;
}

export interface ControlSyntax extends Span {
  readonly kind: 'control';
  readonly target: Name;
  readonly range: Range | null;
  readonly guess: Path | null;
  readonly description: string;
}

export type Declaration = ParameterSyntax | ConstantSyntax | LetSyntax | StateSyntax | ControlSyntax;

export interface EquationSyntax extends Span {
  readonly target: Name;
  /** `'` continuous, `+` discrete, null where the mark is missing. */
  readonly mark: 'continuous' | 'discrete' | null;
  readonly value: Expression | null;
}

export interface CostSyntax extends Span {
  readonly kind: 'integral' | 'sum' | 'terminal';
  readonly value: Expression | null;
}

export type Comparison = '<=' | '>=' | '==';

export type ScopeSyntax = Span &
  (
    | { readonly kind: 'start' }
    | { readonly kind: 'end' }
    | { readonly kind: 'stages'; readonly first: Expression; readonly last: Expression }
  );

export interface ConstraintSyntax extends Span {
  readonly label: Name | null;
  readonly scope: ScopeSyntax | null;
  /** One more operand than comparisons. */
  readonly operands: readonly Expression[];
  readonly comparisons: readonly (Span & { readonly relation: Comparison })[];
  readonly soft: (Span & { readonly penalties: readonly (Name & { readonly value: Expression })[] }) | null;
}

/** A number that is written out. */
export interface Count extends Span {
  readonly value: number;
}

export interface HorizonSyntax extends Span {
  readonly duration: Expression | null;
  readonly unit: string;
  readonly steps: Expression | null;
  readonly integrator: (Name & { readonly stages: Count | null; readonly substeps: Count | null }) | null;
}

export interface GuessSyntax extends Span {
  readonly target: Name;
  readonly path: Path | null;
}

export interface Document {
  readonly title: Quoted | null;
  readonly source: Quoted | null;
  readonly declarations: readonly Declaration[];
  readonly equations: readonly EquationSyntax[];
  readonly costs: readonly CostSyntax[];
  readonly constraints: readonly ConstraintSyntax[];
  readonly horizon: HorizonSyntax | null;
  readonly guesses: readonly GuessSyntax[];
  /** The words that open the sections that are there, for diagnostics about what is missing in them. */
  readonly sections: ReadonlyMap<string, Span>;
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
export function childrenOf(expression: Expression): Expression[] {
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
      return [expression.operand];
    case 'power':
      return [expression.base, expression.exponent];
  }
}
