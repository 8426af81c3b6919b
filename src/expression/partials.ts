/**
 * The rule of differentiation of each primitive: its partial derivative with respect to each operand, as a node.
 *
 * With y the node itself, rules reuse its value where that saves work: (tanh a)' = 1 - y^2. At kinks the derivative is
 * that of one of the branches: sign(0) = 0 for abs, the first operand that attains it for min and max.
 */
import type { Graph } from './graph';
import type { Binary, Node, Unary } from './primitives';

type UnaryPartial = (graph: Graph, a: Node, y: Node) => Node;
type BinaryPartial = (graph: Graph, a: Node, b: Node, y: Node) => Node;

const zero = (graph: Graph): Node => graph.constant(0);
const one = (graph: Graph): Node => graph.constant(1);
const minusOne = (graph: Graph): Node => graph.constant(-1);

export const unaryPartials: { readonly [P in Unary]: UnaryPartial } = {
  neg: minusOne,
  abs: (graph, a) => graph.unary('sign', a),
  sign: zero,
  sqrt: (graph, _a, y) => graph.div(graph.constant(0.5), y),
  sin: (graph, a) => graph.unary('cos', a),
  cos: (graph, a) => graph.neg(graph.unary('sin', a)),
  tan: (graph, _a, y) => graph.add(graph.square(y), one(graph)),
  asin: (graph, a) => arcsinePartial(graph, a),
  acos: (graph, a) => graph.neg(arcsinePartial(graph, a)),
  atan: (graph, a) => reciprocal(graph, graph.add(graph.square(a), one(graph))),
  sinh: (graph, a) => graph.unary('cosh', a),
  cosh: (graph, a) => graph.unary('sinh', a),
  tanh: (graph, _a, y) => graph.sub(one(graph), graph.square(y)),
  exp: (_graph, _a, y) => y,
  log: (graph, a) => reciprocal(graph, a),
};

export const binaryPartials: { readonly [P in Binary]: readonly [BinaryPartial, BinaryPartial] } = {
  add: [one, one],
  sub: [one, minusOne],
  mul: [(_graph, _a, b) => b, (_graph, a) => a],
  // d(a/b) = da (1/b) - db (y (1/b)): the reciprocal is shared by both and by every quotient with this divisor.
  div: [(graph, _a, b) => reciprocal(graph, b), (graph, _a, b, y) => graph.neg(graph.mul(y, reciprocal(graph, b)))],
  // b a^(b-1), finite at a = 0 for b >= 1.
  pow: [
    (graph, a, b) => graph.mul(b, graph.pow(a, graph.sub(b, one(graph)))),
    (graph, a, _b, y) => graph.mul(y, logarithmOfBase(graph, a)),
  ],
  atan2: [
    (graph, a, b) => graph.mul(b, reciprocal(graph, squaredLength(graph, a, b))),
    (graph, a, b) => graph.neg(graph.mul(a, reciprocal(graph, squaredLength(graph, a, b)))),
  ],
  min: [(graph, a, b) => graph.binary('lessEqual', a, b), (graph, a, b) => not(graph, graph.binary('lessEqual', a, b))],
  max: [(graph, a, b) => graph.binary('lessEqual', b, a), (graph, a, b) => not(graph, graph.binary('lessEqual', b, a))],
  lessEqual: [zero, zero],
};

export function reciprocal(graph: Graph, a: Node): Node {
  return graph.div(one(graph), a);
}

/** 1 / sqrt(1 - a^2), with the difference of squares factored so that nothing cancels near |a| = 1. */
function arcsinePartial(graph: Graph, a: Node): Node {
  const product = graph.mul(graph.sub(one(graph), a), graph.add(a, one(graph)));
  return reciprocal(graph, graph.unary('sqrt', product));
}

function squaredLength(graph: Graph, a: Node, b: Node): Node {
  return graph.add(graph.square(a), graph.square(b));
}

function not(graph: Graph, truth: Node): Node {
  return graph.sub(one(graph), truth);
}

/**
 * log(a), but 0 at a = 0, so that the derivative a^b log(a) with respect to the exponent is there its limit 0 (b > 0)
 * and not 0 times infinity: log(a + [a = 0]).
 */
export function logarithmOfBase(graph: Graph, a: Node): Node {
  if (graph.isConstant(a)) return graph.isConstant(a, 0) ? zero(graph) : graph.unary('log', a);
  const isZero = graph.mul(graph.binary('lessEqual', a, zero(graph)), graph.binary('lessEqual', zero(graph), a));
  return graph.unary('log', graph.add(a, isZero));
}

const unknown = -1;

/** The partials of nodes, each built on first request. */
export class Partials {
  private readonly firsts: Int32Array;
  private readonly seconds: Int32Array;

  /** For the nodes of the graph with handles below size. */
  constructor(
    private readonly graph: Graph,
    size: number,
  ) {
    this.firsts = new Int32Array(size).fill(unknown);
    this.seconds = new Int32Array(size).fill(unknown);
  }

  /** Derivative of a unary or binary node with respect to its first operand. */
  first(node: Node): Node {
    if (this.firsts[node] === unknown) this.firsts[node] = this.build(node, 0);
    return this.firsts[node] as Node;
  }

  /** Derivative of a binary node with respect to its second operand. */
  second(node: Node): Node {
    if (this.seconds[node] === unknown) this.seconds[node] = this.build(node, 1);
    return this.seconds[node] as Node;
  }

  private build(node: Node, operand: 0 | 1): Node {
    const { graph } = this;
    const a = graph.first(node);
    return graph.arity(node) === 1
      ? unaryPartials[graph.primitive(node) as Unary](graph, a, node)
      : binaryPartials[graph.primitive(node) as Binary][operand](graph, a, graph.second(node), node);
  }
}
