/**
 * Sparse Jacobians, by the cheaper of two ways:
 *
 * forward: every node carries the non-zero entries of its gradient, merged from those of its operands;
 * reverse: for every row one backward sweep over the nodes that the row consists of.
 *
 * The cost of either is counted beforehand, in operations, from the sets of columns each node depends on and of rows
 * it reaches (Griewank & Walther, Evaluating Derivatives, 2nd ed., chapter 7).
 */
import type { Graph } from './graph';
import { forwardEntries } from './jacobianForward';
import { reverseEntries } from './jacobianReverse';
import type { Node } from './primitives';
import { extent, firstDependence, reachable } from './reachable';
import { forwardCost, reverseCost } from './sparsity';

export interface SparseEntry {
  readonly row: number;
  readonly column: number;
  readonly value: Node;
}

/** What both ways start from: the part of the graph between the symbols (columns) and the nodes (rows). */
export interface JacobianTask {
  readonly graph: Graph;
  readonly rows: readonly Node[];
  readonly columns: readonly Node[];
  /** Nodes that depend on a column, operands before results. */
  readonly active: readonly Node[];
  /** Per handle, the first column the node depends on; columns.length where on none. */
  readonly firstColumn: Int32Array;
}

/** Entries d nodes[row] / d symbols[column] that do not vanish, by row, then column. The symbols are distinct. */
export function jacobian(graph: Graph, nodes: readonly Node[], symbols: readonly Node[]): SparseEntry[] {
  const task = jacobianTask(graph, nodes, symbols);
  return forwardCost(task) <= reverseCost(task) ? forwardEntries(task) : reverseEntries(task);
}

export function jacobianTask(graph: Graph, rows: readonly Node[], columns: readonly Node[]): JacobianTask {
  const order = reachable(graph, rows);
  const firstColumn = firstDependence(graph, order, extent(rows), columns);
  return { graph, rows, columns, active: order.filter((node) => firstColumn[node] < columns.length), firstColumn };
}
