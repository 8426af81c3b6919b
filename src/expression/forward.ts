/**
 * Forward mode: tangents, carried from the symbols to the roots. A node y = f(a, b) has dy = f_a da + f_b db
 * (Griewank & Walther, Evaluating Derivatives, 2nd ed., section 3.1).
 */
import type { Graph } from './graph';
import { Partials } from './partials';
import type { Node } from './primitives';
import { extent, reachable } from './reachable';

const none = -1;

/** Tangents of the nodes in the direction given per symbol; a symbol without a direction does not move. */
export function jvp(graph: Graph, nodes: readonly Node[], direction: ReadonlyMap<Node, Node>): Node[] {
  const size = extent(nodes);
  const partials = new Partials(graph, size);
  const tangents = new Int32Array(size).fill(none);
  for (const [symbol, tangent] of direction) if (symbol < size) tangents[symbol] = tangent;
  const zero = graph.constant(0);
  for (const node of reachable(graph, nodes)) {
    const arity = graph.arity(node);
    if (arity === 0) continue;
    const first = tangents[graph.first(node)];
    const second = arity > 1 ? tangents[graph.second(node)] : none;
    if (first === none && second === none) continue;
    const fromFirst = first === none ? zero : graph.mul(partials.first(node), first as Node);
    const fromSecond = second === none ? zero : graph.mul(partials.second(node), second as Node);
    const tangent = graph.add(fromFirst, fromSecond);
    if (tangent !== zero) tangents[node] = tangent;
  }
  return nodes.map((node) => (tangents[node] === none ? zero : (tangents[node] as Node)));
}
