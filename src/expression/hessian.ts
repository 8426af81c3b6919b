/** Second derivatives: the Jacobian of a gradient. */
import type { Graph } from './graph';
import { jacobian, lowerJacobian, type SparseEntry } from './jacobian';
import type { Node } from './primitives';
import { vjp } from './reverse';

/** The lower triangle (row >= column) of d2 node / d symbols d symbols, entries that do not vanish, by row, then column. */
export function hessian(graph: Graph, node: Node, symbols: readonly Node[]): SparseEntry[] {
  return lowerJacobian(graph, gradient(graph, node, symbols), symbols);
}

/** The entries of d2 node / d rows d columns that do not vanish, by row, then column. */
export function mixedHessian(graph: Graph, node: Node, rows: readonly Node[], columns: readonly Node[]): SparseEntry[] {
  return jacobian(graph, gradient(graph, node, rows), columns);
}

function gradient(graph: Graph, node: Node, symbols: readonly Node[]): Node[] {
  return vjp(graph, [node], [graph.constant(1)], symbols);
}
