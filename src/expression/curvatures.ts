/**
 * The rule of second differentiation of each primitive: a seed times its second partial derivatives, as nodes.
 *
 * With y the node and p, q its first derivatives, rules start from seed * p where they can, which reverse mode has
 * built already: seed (tanh a)'' = (seed p) (-2 y).
 */
import type { Graph } from './graph';
import { binaryPartials, logarithmOfBase, reciprocal } from './partials';
import type { Binary, Node, Unary } from './primitives';

type UnaryCurvature = (graph: Graph, seed: Node, p: Node, a: Node, y: Node) => Node;
type BinaryCurvature = (graph: Graph, seed: Node, a: Node, b: Node, y: Node) => Node;

const zero = (graph: Graph): Node => graph.constant(0);
const seedItself = (_graph: Graph, seed: Node): Node => seed;
const flat = [zero, zero, zero] as const;

export const unaryCurvatures: { readonly [P in Unary]: UnaryCurvature } = {
  neg: zero,
  abs: zero,
  sign: zero,
  sqrt: (graph, seed, p) => product(graph, -2, graph.mul(seed, p), graph.square(p)),
  sin: (graph, seed, _p, _a, y) => graph.neg(graph.mul(seed, y)),
  cos: (graph, seed, _p, _a, y) => graph.neg(graph.mul(seed, y)),
  tan: (graph, seed, p, _a, y) => product(graph, 2, graph.mul(seed, p), y),
  asin: (graph, seed, p, a) => product(graph, 1, graph.mul(seed, p), graph.mul(a, graph.square(p))),
  acos: (graph, seed, p, a) => product(graph, 1, graph.mul(seed, p), graph.mul(a, graph.square(p))),
  atan: (graph, seed, p, a) => product(graph, -2, graph.mul(seed, p), graph.mul(a, p)),
  sinh: (graph, seed, _p, _a, y) => graph.mul(seed, y),
  cosh: (graph, seed, _p, _a, y) => graph.mul(seed, y),
  tanh: (graph, seed, p, _a, y) => product(graph, -2, graph.mul(seed, p), y),
  exp: (graph, seed, p) => graph.mul(seed, p),
  log: (graph, seed, p) => product(graph, -1, graph.mul(seed, p), p),
};

/** With respect to the first operand twice, to both, to the second twice. */
export const binaryCurvatures: {
  readonly [P in Binary]: readonly [BinaryCurvature, BinaryCurvature, BinaryCurvature];
} = {
  add: flat,
  sub: flat,
  mul: [zero, seedItself, zero],
  // With r = 1/b: -(seed r) r and 2 (seed y r) r.
  div: [
    zero,
    (graph, seed, _a, b) => product(graph, -1, graph.mul(seed, reciprocal(graph, b)), reciprocal(graph, b)),
    (graph, seed, _a, b, y) => {
      const r = reciprocal(graph, b);
      return product(graph, 2, graph.mul(seed, graph.mul(y, r)), r);
    },
  ],
  // b (b-1) a^(b-2), a^(b-1) (1 + b log a), y log(a)^2.
  pow: [
    (graph, seed, a, b) => {
      const less = graph.sub(b, graph.constant(1));
      return graph.mul(seed, graph.mul(graph.mul(b, less), graph.pow(a, graph.sub(less, graph.constant(1)))));
    },
    (graph, seed, a, b) => {
      const growth = graph.add(graph.mul(b, logarithmOfBase(graph, a)), graph.constant(1));
      return graph.mul(seed, graph.mul(graph.pow(a, graph.sub(b, graph.constant(1))), growth));
    },
    (graph, seed, a, _b, y) => {
      const logarithm = logarithmOfBase(graph, a);
      return graph.mul(graph.mul(seed, graph.mul(y, logarithm)), logarithm);
    },
  ],
  // 2 p q, q^2 - p^2, -2 p q.
  atan2: [
    (graph, seed, a, b, y) => {
      const [p, q] = bothPartials(graph, 'atan2', a, b, y);
      return product(graph, 2, graph.mul(seed, p), q);
    },
    (graph, seed, a, b, y) => {
      const [p, q] = bothPartials(graph, 'atan2', a, b, y);
      return graph.mul(seed, graph.mul(graph.sub(q, p), graph.add(q, p)));
    },
    (graph, seed, a, b, y) => {
      const [p, q] = bothPartials(graph, 'atan2', a, b, y);
      return product(graph, -2, graph.mul(seed, p), q);
    },
  ],
  min: flat,
  max: flat,
  lessEqual: flat,
};

function product(graph: Graph, scale: number, a: Node, b: Node): Node {
  return graph.mul(a, graph.mul(graph.constant(scale), b));
}

function bothPartials(graph: Graph, op: Binary, a: Node, b: Node, y: Node): [Node, Node] {
  const [first, second] = binaryPartials[op];
  return [first(graph, a, b, y), second(graph, a, b, y)];
}
