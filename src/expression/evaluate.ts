/** Numbers and replacements for the symbols of an expression. */
import type { Graph } from './graph';
import type { Binary, Node, Unary } from './primitives';
import { extent, reachable } from './reachable';
import { binaryValues, unaryValues } from './values';

/**
 * Values of the nodes at a point, in plain JavaScript arithmetic: the reference for every backend.
 * Throws an Error that names the symbol if the point lacks one.
 */
export function evaluate(graph: Graph, nodes: readonly Node[], point: ReadonlyMap<Node, number>): number[] {
  const values = new Float64Array(extent(nodes));
  for (const node of reachable(graph, nodes)) values[node] = compute(graph, node, values, point);
  return nodes.map((node) => values[node]);
}

function compute(graph: Graph, node: Node, values: Float64Array, point: ReadonlyMap<Node, number>): number {
  const primitive = graph.primitive(node);
  if (primitive === 'constant') return graph.value(node);
  if (primitive === 'symbol') {
    const value = point.get(node);
    if (value === undefined) throw new Error(`The symbol "${graph.name(node)}" has no value at this point.`);
    return value;
  }
  const a = values[graph.first(node)];
  return graph.arity(node) === 1
    ? unaryValues[primitive as Unary](a)
    : binaryValues[primitive as Binary](a, values[graph.second(node)]);
}

/** The nodes with every replaced node, symbol or not, exchanged for its replacement. Replacements are not searched again. */
export function substitute(graph: Graph, nodes: readonly Node[], replacement: ReadonlyMap<Node, Node>): Node[] {
  const images = new Int32Array(extent(nodes));
  for (const node of reachable(graph, nodes)) images[node] = replacement.get(node) ?? rebuilt(graph, node, images);
  return nodes.map((node) => images[node] as Node);
}

function rebuilt(graph: Graph, node: Node, images: Int32Array): Node {
  const arity = graph.arity(node);
  if (arity === 0) return node;
  const primitive = graph.primitive(node);
  const a = images[graph.first(node)] as Node;
  if (arity === 1) return a === graph.first(node) ? node : graph.unary(primitive as Unary, a);
  const b = images[graph.second(node)] as Node;
  return a === graph.first(node) && b === graph.second(node) ? node : graph.binary(primitive as Binary, a, b);
}
