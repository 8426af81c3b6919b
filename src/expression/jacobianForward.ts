/** Forward mode with sparse tangents: work and storage grow with the number of non-zero tangents only. */
import type { Graph } from './graph';
import type { JacobianTask, SparseEntry } from './jacobian';
import { Partials } from './partials';
import type { Node } from './primitives';

export function forwardEntries(task: JacobianTask): SparseEntry[] {
  const { graph, rows, columns, active, firstColumn } = task;
  const size = firstColumn.length;
  const partials = new Partials(graph, size);
  const tangents = new SparseTangents(graph, size);
  columns.forEach((symbol, column) => {
    if (symbol < size) tangents.seed(symbol, column);
  });
  for (const node of active) {
    const arity = graph.arity(node);
    if (arity === 0) continue;
    const a = graph.first(node);
    const b = arity > 1 ? graph.second(node) : a;
    const fromA = isActive(task, a) ? partials.first(node) : null;
    const fromB = arity > 1 && isActive(task, b) ? partials.second(node) : null;
    tangents.merge(node, a, fromA, b, fromB);
  }
  return rows.flatMap((root, row) => tangents.entries(root, row));
}

function isActive(task: JacobianTask, node: Node): boolean {
  return task.firstColumn[node] < task.columns.length;
}

/** Per node a list of (column, tangent) with ascending columns, all lists one after the other. */
class SparseTangents {
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly columns: number[] = [];
  private readonly values: Node[] = [];

  constructor(
    private readonly graph: Graph,
    size: number,
  ) {
    this.starts = new Int32Array(size);
    this.ends = new Int32Array(size);
  }

  seed(symbol: Node, column: number): void {
    this.starts[symbol] = this.values.length;
    this.push(column, this.graph.constant(1));
    this.ends[symbol] = this.values.length;
  }

  /** The tangents of a node with partials fromA and fromB (null: that operand does not move). */
  merge(node: Node, a: Node, fromA: Node | null, b: Node, fromB: Node | null): void {
    const { graph, columns, values } = this;
    let i = this.starts[a];
    let j = this.starts[b];
    const endA = fromA === null ? i : this.ends[a];
    const endB = fromB === null ? j : this.ends[b];
    this.starts[node] = values.length;
    while (i < endA || j < endB) {
      const columnA = i < endA ? columns[i] : Number.POSITIVE_INFINITY;
      const columnB = j < endB ? columns[j] : Number.POSITIVE_INFINITY;
      const column = Math.min(columnA, columnB);
      const termA = columnA === column ? graph.mul(fromA as Node, values[i++] as Node) : graph.constant(0);
      const termB = columnB === column ? graph.mul(fromB as Node, values[j++] as Node) : graph.constant(0);
      this.push(column, graph.add(termA, termB));
    }
    this.ends[node] = values.length;
  }

  entries(node: Node, row: number): SparseEntry[] {
    const entries: SparseEntry[] = [];
    for (let place = this.starts[node]; place < this.ends[node]; place++) {
      entries.push({ row, column: this.columns[place], value: this.values[place] as Node });
    }
    return entries;
  }

  private push(column: number, value: Node): void {
    if (this.graph.isConstant(value, 0)) return;
    this.columns.push(column);
    this.values.push(value);
  }
}
