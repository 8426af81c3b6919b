/**
 * Second derivatives by edge pushing (Gower & Mello, A new framework for the computation of Hessians, Optimization
 * Methods and Software 27, 2012): reverse mode that carries, besides the adjoints, the sparse symmetric matrix W of
 * second derivatives with respect to the nodes not yet eliminated. Eliminating y = f(a, b), with gradient (p, q), puts
 * p da + q db in place of dy,
 *
 *   W_yk -> p W_yk at (a, k), q W_yk at (b, k);   W_yy -> p^2, p q, q^2 W_yy at (a, a), (a, b), (b, b);
 *
 * and adds the adjoint of y times the second derivatives of f. Symmetry and sparsity are used throughout, and a part of
 * the graph that is linear costs next to nothing. What is left when only symbols are left is the Hessian.
 */
import { binaryCurvatures, unaryCurvatures } from './curvatures';
import type { Graph } from './graph';
import type { SparseEntry } from './jacobian';
import { Partials } from './partials';
import type { Binary, Node, Unary } from './primitives';
import { extent, firstDependence, reachable } from './reachable';
import { SymmetricMatrix } from './symmetric';

/** The lower triangle (row >= column) of d2 node / d symbols d symbols: entries that do not vanish, by row, then column. */
export function hessian(graph: Graph, node: Node, symbols: readonly Node[]): SparseEntry[] {
  const second = secondDerivatives(graph, node, symbols, symbols);
  return symbols.flatMap((rowSymbol, row) => entriesOf(second, row, rowSymbol, symbols.slice(0, row + 1)));
}

/** The entries of d2 node / d rows d columns that do not vanish, by row, then column. */
export function mixedHessian(graph: Graph, node: Node, rows: readonly Node[], columns: readonly Node[]): SparseEntry[] {
  const second = secondDerivatives(graph, node, rows, columns);
  return rows.flatMap((rowSymbol, row) => entriesOf(second, row, rowSymbol, columns));
}

type Lookup = (a: Node, b: Node) => Node | null;

function entriesOf(second: Lookup, row: number, rowSymbol: Node, columns: readonly Node[]): SparseEntry[] {
  return columns.flatMap((columnSymbol, column) => {
    const value = second(rowSymbol, columnSymbol);
    return value === null ? [] : [{ row, column, value }];
  });
}

/** An operand of the node being eliminated: its place in the matrix and the derivative of the node with respect to it. */
interface Operand {
  readonly node: Node;
  readonly rank: number;
  readonly partial: Node;
}

function secondDerivatives(graph: Graph, root: Node, rows: readonly Node[], columns: readonly Node[]): Lookup {
  const size = extent([root]);
  const order = reachable(graph, [root]);
  const toRows = firstDependence(graph, order, size, rows);
  const toColumns = firstDependence(graph, order, size, columns);
  const isActive = (node: Node): boolean => toRows[node] < rows.length || toColumns[node] < columns.length;
  const eliminated = order.filter((node) => graph.arity(node) > 0 && isActive(node));
  const symbols = [...new Set([...rows, ...columns])].filter((symbol) => symbol < size);

  // Symbols come first, as nodes are eliminated from the last to the first.
  const places = [...symbols, ...eliminated];
  const ranks = new Int32Array(size);
  places.forEach((node, rank) => {
    ranks[node] = rank;
  });
  const matrix = new SymmetricMatrix(graph, places.length, (j, k) => {
    const [a, b] = [places[j], places[k]];
    const hasRow = toRows[a] < rows.length && toColumns[b] < columns.length;
    return hasRow || (toRows[b] < rows.length && toColumns[a] < columns.length);
  });

  const zero = graph.constant(0);
  const partials = new Partials(graph, size);
  const adjoints = new Int32Array(size).fill(zero);
  adjoints[root] = graph.constant(1);
  for (let i = eliminated.length - 1; i >= 0; i--) {
    const node = eliminated[i];
    const operands = operandsOf(node);
    push(symbols.length + i, operands);
    if (adjoints[node] === zero) continue;
    curve(node, adjoints[node] as Node, operands);
    for (const { node: below, partial } of operands) {
      adjoints[below] = graph.add(adjoints[below] as Node, graph.mul(adjoints[node] as Node, partial));
    }
  }
  return (a, b) => (a < size && b < size ? matrix.at(ranks[a], ranks[b]) : null);

  /** The operands that move; one with the total derivative where both are the same. */
  function operandsOf(node: Node): Operand[] {
    const operands: Operand[] = [];
    const a = graph.first(node);
    if (isActive(a)) operands.push({ node: a, rank: ranks[a], partial: partials.first(node) });
    if (graph.arity(node) === 1) return operands;
    const b = graph.second(node);
    if (a === b) {
      return [{ node: a, rank: ranks[a], partial: graph.add(partials.first(node), partials.second(node)) }];
    }
    if (isActive(b)) operands.push({ node: b, rank: ranks[b], partial: partials.second(node) });
    return operands;
  }

  /** Replaces the differential of the node in W by those of its operands. */
  function push(rank: number, operands: readonly Operand[]): void {
    for (const [other, value] of matrix.below(rank)) {
      if (other === rank) {
        operands.forEach((left, i) => {
          const half = graph.mul(value, left.partial);
          for (const right of operands.slice(i)) matrix.add(left.rank, right.rank, graph.mul(half, right.partial));
        });
      } else {
        for (const operand of operands) {
          const term = graph.mul(value, operand.partial);
          matrix.add(operand.rank, other, operand.rank === other ? graph.add(term, term) : term);
        }
      }
    }
  }

  /** Adds the adjoint times the second derivatives of the node with respect to its operands. */
  function curve(node: Node, adjoint: Node, operands: readonly Operand[]): void {
    const primitive = graph.primitive(node);
    const a = graph.first(node);
    if (graph.arity(node) === 1) {
      const rule = unaryCurvatures[primitive as Unary];
      matrix.add(ranks[a], ranks[a], rule(graph, adjoint, operands[0].partial, a, node));
      return;
    }
    const b = graph.second(node);
    const [first, both, second] = binaryCurvatures[primitive as Binary];
    if (isActive(a)) matrix.add(ranks[a], ranks[a], first(graph, adjoint, a, b, node));
    if (isActive(b)) matrix.add(ranks[b], ranks[b], second(graph, adjoint, a, b, node));
    if (isActive(a) && isActive(b)) {
      const term = both(graph, adjoint, a, b, node);
      matrix.add(ranks[a], ranks[b], a === b ? graph.add(term, term) : term);
    }
  }
}
