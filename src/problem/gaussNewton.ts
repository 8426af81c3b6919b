/**
 * Gauss-Newton Hessian of a cost. The cost is taken apart into additive terms; with weights w free of the variables,
 *
 *   w r^2  contributes  2 w r_z' r_z   (the curvature w r r_zz left out),
 *
 * terms that are quadratic or affine contribute their own Hessian, which has no curvature to leave out. A term that is
 * neither has no Gauss-Newton form, and is named.
 */
import { type Graph, hessian, jacobian, type Node, type SparseEntry, symbolsOf, text } from '../expression';

export type GaussNewton =
  | { readonly ok: true; readonly hessian: readonly SparseEntry[] }
  /** The terms that are no squares, as text. */
  | { readonly ok: false; readonly terms: readonly string[] };

interface Term {
  readonly weight: Node;
  readonly node: Node;
}

/** Lower triangle of the Gauss-Newton Hessian of `cost` in the variables. */
export function gaussNewton(graph: Graph, cost: Node, variables: readonly Node[]): GaussNewton {
  const isFree = (node: Node): boolean => !symbolsOf(graph, [node]).some((symbol) => variables.includes(symbol));
  const entries: SparseEntry[] = [];
  const terms: string[] = [];
  for (const { weight, node } of additiveTerms(graph, cost, isFree)) {
    const own = hessian(graph, node, variables);
    if (own.every(({ value }) => isFree(value))) {
      entries.push(...own.map((entry) => ({ ...entry, value: graph.mul(weight, entry.value) })));
      continue;
    }
    const square = asSquare(graph, node, isFree);
    if (!square) {
      terms.push(text(graph, node, 80));
      continue;
    }
    const slope = jacobian(graph, [square.residual], variables);
    const factor = graph.mul(graph.constant(2), graph.mul(weight, square.weight));
    for (const a of slope)
      for (const b of slope)
        if (b.column <= a.column)
          entries.push({
            row: a.column,
            column: b.column,
            value: graph.mul(factor, graph.mul(a.value, b.value)),
          });
  }
  return terms.length > 0 ? { ok: false, terms } : { ok: true, hessian: summed(graph, entries) };
}

/** cost = sum of weight * node, the weights free of the variables; free terms are dropped. */
function additiveTerms(graph: Graph, cost: Node, isFree: (node: Node) => boolean): Term[] {
  const found: Term[] = [];
  const open: Term[] = [{ weight: graph.constant(1), node: cost }];
  for (let term = open.pop(); term; term = open.pop()) {
    const { weight, node } = term;
    if (isFree(node)) continue;
    const primitive = graph.primitive(node);
    const first = graph.first(node);
    const second = graph.second(node);
    if (primitive === 'add') open.push({ weight, node: first }, { weight, node: second });
    else if (primitive === 'sub') open.push({ weight, node: first }, { weight: graph.neg(weight), node: second });
    else if (primitive === 'neg') open.push({ weight: graph.neg(weight), node: first });
    else if (primitive === 'mul' && isFree(first)) open.push({ weight: graph.mul(weight, first), node: second });
    else if (primitive === 'mul' && isFree(second)) open.push({ weight: graph.mul(weight, second), node: first });
    else if (primitive === 'div' && isFree(second)) open.push({ weight: graph.div(weight, second), node: first });
    else found.push(term);
  }
  return found;
}

/** node = weight * residual^2, found among its factors; null where they do not pair up. */
function asSquare(
  graph: Graph,
  node: Node,
  isFree: (node: Node) => boolean,
): { readonly weight: Node; readonly residual: Node } | null {
  const counts = new Map<Node, number>();
  let weight = graph.constant(1);
  const open = [node];
  for (let factor = open.pop(); factor !== undefined; factor = open.pop()) {
    if (graph.primitive(factor) === 'mul') open.push(graph.first(factor), graph.second(factor));
    else if (graph.primitive(factor) === 'neg') {
      weight = graph.neg(weight);
      open.push(graph.first(factor));
    } else if (isFree(factor)) weight = graph.mul(weight, factor);
    else counts.set(factor, (counts.get(factor) ?? 0) + 1);
  }
  let residual = graph.constant(1);
  for (const [factor, count] of counts) {
    if (count % 2 !== 0) return null;
    for (let i = 0; i < count / 2; i++) residual = graph.mul(residual, factor);
  }
  return { weight, residual };
}

/** One entry for each place. */
function summed(graph: Graph, entries: readonly SparseEntry[]): SparseEntry[] {
  const places = new Map<string, SparseEntry>();
  for (const entry of entries) {
    const key = `${entry.row},${entry.column}`;
    const known = places.get(key);
    places.set(key, known ? { ...entry, value: graph.add(known.value, entry.value) } : entry);
  }
  return [...places.values()].sort((a, b) => a.row - b.row || a.column - b.column);
}
