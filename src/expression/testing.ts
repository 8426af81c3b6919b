/** Random expressions for the tests: recipes that can be built as a graph and computed directly, without the graph. */
import fc from 'fast-check';
import type { Graph } from './graph';
import { type Binary, binaries, type Node, type Unary, unaries } from './primitives';

/** How a step of a recipe is made; operands are places in the list of everything made so far, taken modulo its length. */
export type Step =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'unary'; readonly op: Unary; readonly a: number }
  | { readonly kind: 'binary'; readonly op: Binary; readonly a: number; readonly b: number };

/** Starts from `variables` symbols; each step adds one expression. */
export interface Recipe {
  readonly variables: number;
  readonly steps: readonly Step[];
}

/** Primitives with a derivative everywhere they are finite, for comparison with finite differences. */
export const smoothUnaries = unaries.filter((op) => op !== 'abs' && op !== 'sign');
export const smoothBinaries = binaries.filter((op) => op !== 'min' && op !== 'max' && op !== 'lessEqual');

/** Numbers that meet the identities (0, 1, -1, small powers) as well as ordinary ones. */
const constants = fc.oneof(
  fc.constantFrom(0, 1, -1, 2, -2, 3, 4, 5, 7, 8, 0.5, -0.5, 1.5, 1 / 3, Math.PI),
  fc.double({ min: -3, max: 3, noNaN: true }),
);

export function recipes(
  options: { unary?: readonly Unary[]; binary?: readonly Binary[]; variables?: number; maxSteps?: number } = {},
): fc.Arbitrary<Recipe> {
  const operand = fc.nat({ max: 1000 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('constant' as const), value: constants }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('unary' as const),
        op: fc.constantFrom(...(options.unary ?? unaries)),
        a: operand,
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('binary' as const),
        op: fc.constantFrom(...(options.binary ?? binaries)),
        a: operand,
        b: operand,
      }),
    },
  );
  return fc.record({
    variables: fc.constant(options.variables ?? 3),
    steps: fc.array(step, { minLength: 1, maxLength: options.maxSteps ?? 14 }),
  });
}

/** How the expressions of a recipe are made of some kind of value: nodes, numbers, complex numbers. */
export interface Algebra<Value> {
  constant(value: number): Value;
  unary(op: Unary, a: Value): Value;
  binary(op: Binary, a: Value, b: Value): Value;
}

/** Everything the recipe makes, the variables first. */
export function follow<Value>(recipe: Recipe, algebra: Algebra<Value>, variables: readonly Value[]): Value[] {
  const made = [...variables];
  const at = (place: number): Value => made[place % made.length] as Value;
  for (const step of recipe.steps) {
    if (step.kind === 'constant') made.push(algebra.constant(step.value));
    else if (step.kind === 'unary') made.push(algebra.unary(step.op, at(step.a)));
    else made.push(algebra.binary(step.op, at(step.a), at(step.b)));
  }
  return made;
}

export function symbolsFor(graph: Graph, recipe: Recipe): Node[] {
  return Array.from({ length: recipe.variables }, (_, i) => graph.symbol(`x${i}`));
}

export function pointFor(symbols: readonly Node[], values: readonly number[]): Map<Node, number> {
  return new Map(symbols.map((symbol, i) => [symbol, values[i]]));
}

/** Coordinates away from the kinks and poles at 0. */
export const coordinates = (count: number): fc.Arbitrary<number[]> =>
  fc.array(fc.oneof(fc.double({ min: 0.1, max: 2, noNaN: true }), fc.double({ min: -2, max: -0.1, noNaN: true })), {
    minLength: count,
    maxLength: count,
  });
