/** Random expressions for the tests: recipes that can be built as a graph and computed directly, without the graph. */
import fc from 'fast-check';
import { Graph } from '../graph';
import { type Binary, binaries, type Node, type Unary, unaries } from '../primitives';
import { reachable } from '../reachable';

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

/** Numbers that meet the identities (0, 1, -1, small powers) as well as ordinary ones. */
const ordinary = fc.oneof(
  fc.constantFrom(0, 1, -1, 2, -2, 3, 4, 5, 7, 8, 0.5, -0.5, 1.5, 1 / 3, Math.PI),
  fc.double({ min: 0.01, max: 3, noNaN: true }),
  fc.double({ min: -3, max: -0.01, noNaN: true }),
);

export function recipes(
  options: { readonly variables?: number; readonly maxSteps?: number; readonly constants?: fc.Arbitrary<number> } = {},
): fc.Arbitrary<Recipe> {
  const operand = fc.nat({ max: 1000 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('constant' as const), value: options.constants ?? ordinary }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('unary' as const),
        op: fc.constantFrom(...unaries),
        a: operand,
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('binary' as const),
        op: fc.constantFrom(...binaries),
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

/** The same for expressions that exist as a graph. */
export function interpret<Value>(
  graph: Graph,
  roots: readonly Node[],
  algebra: Algebra<Value>,
  point: ReadonlyMap<Node, Value>,
): Value[] {
  const values = new Map<Node, Value>(point);
  const at = (node: Node): Value => values.get(node) as Value;
  for (const node of reachable(graph, roots)) {
    const arity = graph.arity(node);
    if (graph.isConstant(node)) values.set(node, algebra.constant(graph.value(node)));
    else if (arity === 1) values.set(node, algebra.unary(graph.primitive(node) as Unary, at(graph.first(node))));
    else if (arity === 2) {
      const op = graph.primitive(node) as Binary;
      values.set(node, algebra.binary(op, at(graph.first(node)), at(graph.second(node))));
    }
  }
  return roots.map(at);
}

/** Building nodes is an algebra too. */
export function building(graph: Graph): Algebra<Node> {
  return {
    constant: (value) => graph.constant(value),
    unary: (op, a) => graph.unary(op, a),
    binary: (op, a, b) => graph.binary(op, a, b),
  };
}

/** A fresh graph with the symbols of a recipe and everything the recipe makes. */
export function build(recipe: Recipe): { readonly graph: Graph; readonly symbols: Node[]; readonly nodes: Node[] } {
  const graph = new Graph();
  const symbols = Array.from({ length: recipe.variables }, (_, i) => graph.symbol(`x${i}`));
  return { graph, symbols, nodes: follow(recipe, building(graph), symbols) };
}

export function pointAt<Value>(symbols: readonly Node[], values: readonly Value[]): Map<Node, Value> {
  return new Map(symbols.map((symbol, i) => [symbol, values[i]]));
}

/** Coordinates away from the kinks and poles at 0. */
export function coordinates(count: number): fc.Arbitrary<number[]> {
  const positive = fc.double({ min: 0.1, max: 2, noNaN: true });
  const negative = fc.double({ min: -2, max: -0.1, noNaN: true });
  return fc.array(fc.oneof(positive, negative), { minLength: count, maxLength: count });
}
