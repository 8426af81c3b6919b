/** The syntax of a text as plain data: what is written, with places, before any name is looked up. */
import type { Span } from './diagnostics';
import type { Binding, Expression, Index, Name } from './expressionSyntax';

export interface Quoted extends Span {
  readonly text: string;
}

/** A name with one or two sizes, `A[2,3]`; no sizes: a scalar, or as large as its value. */
export interface Target extends Name {
  readonly sizes: readonly Expression[];
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

interface Declares extends Span {
  readonly target: Target;
  readonly description: string;
}

/** Expressions are null where the text has none that can be read; the reason is then reported already. */
export interface ParameterSyntax extends Declares {
  readonly kind: 'parameter';
  readonly value: Expression | null;
  readonly range: Range | null;
  /** Whether it has a value of its own at every stage. */
  readonly atStages: boolean;
}

export interface ConstantSyntax extends Declares {
  readonly kind: 'constant';
  readonly value: Expression | null;
}

export interface LetSyntax extends Declares {
  readonly kind: 'let';
  readonly value: Expression | null;
}

export interface SignalSyntax extends Declares {
  readonly kind: 'signal';
  readonly value: Expression | null;
}

export interface StateSyntax extends Declares {
  readonly kind: 'state';
  readonly initial: Expression | 'free' | null;
  readonly guess: Path | null;
}

export interface ControlSyntax extends Declares {
  readonly kind: 'control';
  readonly range: Range | null;
  readonly guess: Path | null;
}

export interface AlgebraicSyntax extends Declares {
  readonly kind: 'algebraic';
  readonly guess: Path | null;
}

export type Declaration =
  | ParameterSyntax
  | ConstantSyntax
  | LetSyntax
  | SignalSyntax
  | StateSyntax
  | ControlSyntax
  | AlgebraicSyntax;

/** A declared name, or entries of it. */
export interface Element extends Name {
  readonly indices: readonly Index[];
  /** With its indices. */
  readonly whole: Span;
}

/** A line that may stand under `for`. */
interface Repeated extends Span {
  /** From the outermost to the innermost; none: the line stands once. */
  readonly bindings: readonly Binding[];
}

export interface EquationSyntax extends Repeated {
  /** Null for `0 = …`. */
  readonly target: Element | null;
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

export interface ConstraintSyntax extends Repeated {
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

export interface IntegratorSyntax extends Name {
  readonly stages: Count | null;
  readonly substeps: Count | null;
}

export interface HorizonSyntax extends Span {
  readonly duration: Expression | null;
  readonly unit: string;
  readonly steps: Expression | null;
  readonly integrator: IntegratorSyntax | null;
  /** Relative lengths of the steps. */
  readonly grid: Expression | null;
  /** `integrated cost`. */
  readonly integrated: boolean;
}

export interface SolverSyntax extends Span {
  readonly method: Name;
  /** Values are numbers or words, such as `gauss-newton`. */
  readonly options: readonly (Name & { readonly value: Expression })[];
}

export interface GuessSyntax extends Span {
  readonly target: Element;
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
  readonly solver: SolverSyntax | null;
  readonly guesses: readonly GuessSyntax[];
  /** The words that open the sections that are there, for diagnostics about what is missing in them. */
  readonly sections: ReadonlyMap<string, Span>;
}
