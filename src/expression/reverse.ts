/**
 * Reverse mode: adjoints, carried from the roots to the symbols. A node y = f(a, b) with adjoint y' adds y' f_a to the
 * adjoint of a and y' f_b to that of b (Griewank & Walther, Evaluating Derivatives, 2nd ed., section 3.2).
 */
import type { Graph } from './graph';
import { Partials } from './partials';
import type { Node } from './primitives';
import { extent, firstDependence, reachable } from './reachable';

const none = -1;

/** sum_i seeds_i d nodes_i / d symbol, for every symbol asked for. */
export function vjp(graph: Graph, nodes: readonly Node[], seeds: readonly Node[], symbols: readonly Node[]): Node[] {
  const size = extent(nodes);
  const order = reachable(graph, nodes);
  const dependence = firstDependence(graph, order, size, symbols);
  const partials = new Partials(graph, size);
  const adjoints = new Int32Array(size).fill(none);
  const accumulate = (node: Node, term: Node): void => {
    if (graph.isConstant(term, 0)) return;
    const adjoint = adjoints[node];
    adjoints[node] = adjoint === none ? term : graph.add(adjoint as Node, term);
  };
  nodes.forEach((node, i) => {
    accumulate(node, seeds[i] as Node);
  });
  const isActive = (node: Node): boolean => dependence[node] < symbols.length;
  for (let place = order.length - 1; place >= 0; place--) {
    const node = order[place] as Node;
    const adjoint = adjoints[node];
    const arity = graph.arity(node);
    if (adjoint === none || arity === 0) continue;
    const first = graph.first(node);
    if (isActive(first)) accumulate(first, graph.mul(adjoint as Node, partials.first(node)));
    if (arity === 1) continue;
    const second = graph.second(node);
    if (isActive(second)) accumulate(second, graph.mul(adjoint as Node, partials.second(node)));
  }
  const zero = graph.constant(0);
  return symbols.map((symbol) => {
    const adjoint = symbol < size ? adjoints[symbol] : none;
    return adjoint === none ? zero : (adjoint as Node);
  });
}
