/** Which nodes an expression consists of, and which of them depend on given symbols. All in one pass over the handles. */
import type { Graph } from './graph';
import type { Node } from './primitives';

/** One more than the largest handle; arrays of this length can be indexed by every node the roots consist of. */
export function extent(roots: readonly Node[]): number {
  return roots.reduce((largest, root) => Math.max(largest, root + 1), 0);
}

/** The nodes that the roots consist of, roots included, in ascending order: operands before results. */
export function reachable(graph: Graph, roots: readonly Node[]): Node[] {
  const size = extent(roots);
  const marked = new Uint8Array(size);
  for (const root of roots) marked[root] = 1;
  for (let node = size - 1; node >= 0; node--) {
    if (marked[node] === 0) continue;
    const arity = graph.arity(node as Node);
    if (arity > 0) marked[graph.first(node as Node)] = 1;
    if (arity > 1) marked[graph.second(node as Node)] = 1;
  }
  const order: Node[] = [];
  for (let node = 0; node < size; node++) if (marked[node] === 1) order.push(node as Node);
  return order;
}

/** Per handle: the first of the symbols, by place in the list, that the node depends on; symbols.length where on none. */
export function firstDependence(
  graph: Graph,
  order: readonly Node[],
  size: number,
  symbols: readonly Node[],
): Int32Array {
  const none = symbols.length;
  const dependence = new Int32Array(size).fill(none);
  symbols.forEach((symbol, place) => {
    if (symbol < size) dependence[symbol] = place;
  });
  for (const node of order) {
    const arity = graph.arity(node);
    if (arity === 0) continue;
    const a = dependence[graph.first(node)];
    const b = arity > 1 ? dependence[graph.second(node)] : none;
    dependence[node] = Math.min(a, b);
  }
  return dependence;
}

/** Symbols on which any of the nodes depends, in ascending handle order. */
export function symbolsOf(graph: Graph, nodes: readonly Node[]): Node[] {
  return reachable(graph, nodes).filter((node) => graph.isSymbol(node));
}

export function dependsOn(graph: Graph, node: Node, symbols: ReadonlySet<Node>): boolean {
  return symbolsOf(graph, [node]).some((symbol) => symbols.has(symbol));
}
