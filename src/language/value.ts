/** Values of expressions: scalars, vectors and matrices of nodes of the graph. */
import type { Graph, Node } from '../expression';

/** What an expression depends on: one name of each kind, to speak of; null where there is none. */
export interface Uses {
  readonly parameter: string | null;
  readonly fixedState: string | null;
  readonly freeState: string | null;
  /** A control or an algebraic variable: what exists before the last stage only. */
  readonly control: string | null;
  /** What is known, and differs from stage to stage: a signal, a parameter at stages, the time. */
  readonly signal: string | null;
}

export const usesNothing: Uses = { parameter: null, fixedState: null, freeState: null, control: null, signal: null };

export function bothUses(a: Uses, b: Uses): Uses {
  if (a === usesNothing) return b;
  if (b === usesNothing || a === b) return a;
  return {
    parameter: a.parameter ?? b.parameter,
    fixedState: a.fixedState ?? b.fixedState,
    freeState: a.freeState ?? b.freeState,
    control: a.control ?? b.control,
    signal: a.signal ?? b.signal,
  };
}

/** A state the expression depends on, if there is one. */
export const stateUsed = (uses: Uses): string | null => uses.fixedState ?? uses.freeState;

/** Whether the expression depends on what is optimised. */
export const isFree = (uses: Uses): boolean => stateUsed(uses) !== null || uses.control !== null;

/** Whether the expression changes from stage to stage. */
export const varies = (uses: Uses): boolean => isFree(uses) || uses.signal !== null;

export interface Shape {
  readonly rows: number;
  readonly columns: number;
}

/** An expression in the graph: its entries row by row. */
export interface Lowered extends Shape {
  readonly entries: readonly Node[];
  readonly uses: Uses;
}

/** An expression that is one number. */
export interface Scalar {
  readonly node: Node;
  readonly uses: Uses;
}

export const scalarShape: Shape = { rows: 1, columns: 1 };

export function scalar(node: Node, uses: Uses = usesNothing): Lowered {
  return { ...scalarShape, entries: [node], uses };
}

export function constant(graph: Graph, value: number): Lowered {
  return scalar(graph.constant(value));
}

export const sizeOf = ({ rows, columns }: Shape): number => rows * columns;
export const isScalar = (shape: Shape): boolean => sizeOf(shape) === 1;
export const isVector = ({ rows, columns }: Shape): boolean => rows === 1 || columns === 1;
export const sameShape = (a: Shape, b: Shape): boolean => a.rows === b.rows && a.columns === b.columns;

/** The end of a sentence about a value. */
export function shapeInWords({ rows, columns }: Shape): string {
  if (rows === 1 && columns === 1) return 'is a single number';
  if (columns === 1) return `has ${rows} entries`;
  return rows === 1 ? `is a row of ${columns} entries` : `is ${rows}x${columns}`;
}

/** Names of the entries of an array, row by row: `x[2]`, `A[1,2]`. */
export function entryNames(name: string, { rows, columns }: Shape): string[] {
  return Array.from({ length: rows * columns }, (_, i) =>
    rows === 1 || columns === 1 ? `${name}[${i + 1}]` : `${name}[${Math.floor(i / columns) + 1},${(i % columns) + 1}]`,
  );
}
