/** Reverse mode, one sweep per row over what depends on a column. */
import type { JacobianTask, SparseEntry } from './jacobian';
import { Partials } from './partials';
import type { Node } from './primitives';

const none = -1;

export function reverseEntries(task: JacobianTask): SparseEntry[] {
  const { graph, rows, columns, active, firstColumn } = task;
  const size = firstColumn.length;
  const partials = new Partials(graph, size);
  const adjoints = new Int32Array(size).fill(none);
  const place = new Int32Array(size);
  active.forEach((node, i) => {
    place[node] = i;
  });
  const one = graph.constant(1);

  const isActive = (node: Node): boolean => firstColumn[node] < columns.length;

  /** Adds adjoint * partial to the adjoint of a node below. */
  const accumulate = (node: Node, adjoint: Node, partial: Node): void => {
    const term = graph.mul(adjoint, partial);
    if (graph.isConstant(term, 0)) return;
    adjoints[node] = adjoints[node] === none ? term : graph.add(adjoints[node] as Node, term);
  };

  return rows.flatMap((root, row) => {
    if (!isActive(root)) return [];
    adjoints[root] = one;
    const entries: SparseEntry[] = [];
    for (let i = place[root]; i >= 0; i--) {
      const node = active[i] as Node;
      if (adjoints[node] === none) continue;
      const adjoint = adjoints[node] as Node;
      adjoints[node] = none;
      const arity = graph.arity(node);
      if (arity === 0) entries.push({ row, column: firstColumn[node], value: adjoint });
      if (arity > 0 && isActive(graph.first(node))) accumulate(graph.first(node), adjoint, partials.first(node));
      if (arity > 1 && isActive(graph.second(node))) accumulate(graph.second(node), adjoint, partials.second(node));
    }
    return entries.filter(({ value }) => !graph.isConstant(value, 0)).sort((left, right) => left.column - right.column);
  });
}
