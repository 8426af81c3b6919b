/** Derivatives of expressions by complex steps. */
import { type Graph, jvp, type Node } from '../../expression';
import { complexNumbers } from '../../expression/testing/numbers';
import { interpret } from '../../expression/testing/recipes';

/** d nodes / d symbols by complex steps, [nodes][symbols]. */
export function derivatives(
  graph: Graph,
  nodes: readonly Node[],
  symbols: readonly Node[],
  at: ReadonlyMap<Node, number>,
): number[][] {
  const tiny = 1e-30;
  const columns = symbols.map((moving) => {
    const point = new Map([...at].map(([node, re]) => [node, { re, im: node === moving ? tiny : 0 }]));
    return interpret(graph, nodes, complexNumbers, point).map(({ im }) => im / tiny);
  });
  return nodes.map((_, i) => columns.map((column) => column[i]));
}

/** d2 node / d symbols d symbols: complex steps of tangents. */
export function secondDerivatives(
  graph: Graph,
  node: Node,
  symbols: readonly Node[],
  at: ReadonlyMap<Node, number>,
): number[][] {
  const one = graph.constant(1);
  const tangents = symbols.map((symbol) => jvp(graph, [node], new Map([[symbol, one]]))[0]);
  return derivatives(graph, tangents, symbols, at);
}
