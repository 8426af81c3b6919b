/**
 * Identities applied while an expression is built. Each rule looks at its operands only and returns the simpler
 * expression, or null where the operation stays.
 *
 * Every identity holds in real arithmetic wherever the original is finite, and moves the floating-point result by
 * rounding only: nothing is reordered that could cancel or overflow on the way. Rules end because each result has fewer
 * operations, or as many with a minus sign moved outwards. Constants stay where they are, next to what they scale:
 * moved outwards they would stand before every term of a derivative instead of once in its seed.
 */
import type { Graph } from './graph';
import type { Binary, Node, Unary } from './primitives';

type UnaryRule = (graph: Graph, a: Node) => Node | null;
type BinaryRule = (graph: Graph, a: Node, b: Node) => Node | null;

export const commutative: { readonly [P in Binary]: boolean } = {
  add: true,
  sub: false,
  mul: true,
  div: false,
  pow: false,
  atan2: false,
  min: true,
  max: true,
  lessEqual: false,
};

/** Powers up to this integer become products. */
const largestProductPower = 8;

const keep = (): null => null;

/** f(-a) = -f(a) */
const odd =
  (op: Unary): UnaryRule =>
  (graph, a) =>
    isNegative(graph, a) ? graph.neg(graph.unary(op, graph.neg(a))) : null;

/** f(-a) = f(a) */
const even =
  (op: Unary): UnaryRule =>
  (graph, a) =>
    isNegative(graph, a) ? graph.unary(op, graph.neg(a)) : null;

export const unarySimplifications: { readonly [P in Unary]: UnaryRule } = {
  neg: simplifyNegation,
  abs: (graph, a) => (is(graph, a, 'abs') ? a : even('abs')(graph, a)),
  sign: odd('sign'),
  sqrt: keep,
  sin: odd('sin'),
  cos: even('cos'),
  tan: odd('tan'),
  asin: odd('asin'),
  acos: keep,
  atan: odd('atan'),
  sinh: odd('sinh'),
  cosh: even('cosh'),
  tanh: odd('tanh'),
  exp: keep,
  log: keep,
};

export const binarySimplifications: { readonly [P in Binary]: BinaryRule } = {
  add: simplifySum,
  sub: simplifyDifference,
  mul: simplifyProduct,
  div: simplifyQuotient,
  pow: simplifyPower,
  atan2: keep,
  min: (_graph, a, b) => (a === b ? a : null),
  max: (_graph, a, b) => (a === b ? a : null),
  lessEqual: (graph, a, b) => (a === b ? graph.constant(1) : null),
};

function simplifyNegation(graph: Graph, a: Node): Node | null {
  if (is(graph, a, 'neg')) return graph.first(a);
  if (is(graph, a, 'sub')) return graph.sub(graph.second(a), graph.first(a));
  if (hasFactor(graph, a)) return graph.mul(graph.constant(-factor(graph, a)), rest(graph, a));
  if (hasNumerator(graph, a)) return graph.div(graph.constant(-numerator(graph, a)), graph.second(a));
  return null;
}

function simplifySum(graph: Graph, a: Node, b: Node): Node | null {
  if (graph.isConstant(a)) return graph.isConstant(a, 0) ? b : addConstant(graph, b, graph.value(a));
  if (graph.isConstant(b)) return graph.isConstant(b, 0) ? a : addConstant(graph, a, graph.value(b));
  if (rest(graph, a) === rest(graph, b)) return collect(graph, factor(graph, a) + factor(graph, b), a);
  if (isNegative(graph, b)) return graph.sub(a, graph.neg(b));
  if (isNegative(graph, a)) return graph.sub(b, graph.neg(a));
  return null;
}

/** a + c, with c < 0 written a - |c|; (x + d) + c is x + (d + c) where that cannot cancel. */
function addConstant(graph: Graph, a: Node, c: number): Node | null {
  if (c < 0) return graph.sub(a, graph.constant(-c));
  return is(graph, a, 'add') && graph.isConstant(graph.second(a)) && graph.value(graph.second(a)) > 0
    ? graph.add(graph.first(a), graph.constant(graph.value(graph.second(a)) + c))
    : null;
}

/** a - c likewise. */
function subtractConstant(graph: Graph, a: Node, c: number): Node | null {
  if (c < 0) return graph.add(a, graph.constant(-c));
  return is(graph, a, 'sub') && graph.isConstant(graph.second(a)) && graph.value(graph.second(a)) > 0
    ? graph.sub(graph.first(a), graph.constant(graph.value(graph.second(a)) + c))
    : null;
}

function simplifyDifference(graph: Graph, a: Node, b: Node): Node | null {
  if (a === b) return graph.constant(0);
  if (graph.isConstant(b)) return graph.isConstant(b, 0) ? a : subtractConstant(graph, a, graph.value(b));
  if (graph.isConstant(a, 0)) return graph.neg(b);
  if (rest(graph, a) === rest(graph, b)) return collect(graph, factor(graph, a) - factor(graph, b), a);
  if (isNegative(graph, b)) return graph.add(a, graph.neg(b));
  if (is(graph, a, 'neg')) return graph.neg(graph.add(graph.first(a), b));
  return null;
}

/** The like terms c1 x and c2 x as one. */
function collect(graph: Graph, total: number, term: Node): Node | null {
  return Number.isFinite(total) ? graph.mul(graph.constant(total), rest(graph, term)) : null;
}

function simplifyProduct(graph: Graph, a: Node, b: Node): Node | null {
  if (graph.isConstant(a)) return scale(graph, graph.value(a), b);
  if (graph.isConstant(b)) return scale(graph, graph.value(b), a);
  if (isNegative(graph, a)) return graph.neg(graph.mul(graph.neg(a), b));
  if (isNegative(graph, b)) return graph.neg(graph.mul(a, graph.neg(b)));
  if (hasFactor(graph, a) && hasFactor(graph, b) && isModerate(factor(graph, a) * factor(graph, b))) {
    return graph.mul(graph.constant(factor(graph, a) * factor(graph, b)), graph.mul(rest(graph, a), rest(graph, b)));
  }
  return null;
}

/** c a with c constant and a not. */
function scale(graph: Graph, c: number, a: Node): Node | null {
  if (c === 0) return graph.constant(0);
  if (c === 1) return a;
  if (c === -1) return graph.neg(a);
  if (is(graph, a, 'neg')) return graph.mul(graph.constant(-c), graph.first(a));
  if (hasFactor(graph, a) && isModerate(c * factor(graph, a))) {
    return graph.mul(graph.constant(c * factor(graph, a)), rest(graph, a));
  }
  if (hasDenominator(graph, a) && isModerate(c / denominator(graph, a))) {
    return graph.mul(graph.constant(c / denominator(graph, a)), graph.first(a));
  }
  return null;
}

function simplifyQuotient(graph: Graph, a: Node, b: Node): Node | null {
  if (graph.isConstant(b)) return divideByConstant(graph, a, graph.value(b));
  if (graph.isConstant(a)) {
    const c = graph.value(a);
    if (c === 0) return graph.constant(0);
    if (isNegative(graph, b)) return graph.div(graph.constant(-c), graph.neg(b));
    if (hasFactor(graph, b) && isModerate(c / factor(graph, b))) {
      return graph.div(graph.constant(c / factor(graph, b)), rest(graph, b));
    }
    return null;
  }
  if (isNegative(graph, a)) return graph.neg(graph.div(graph.neg(a), b));
  if (isNegative(graph, b)) return graph.neg(graph.div(a, graph.neg(b)));
  return null;
}

/** a / c with c constant and a not. Powers of two have an exact reciprocal. */
function divideByConstant(graph: Graph, a: Node, c: number): Node | null {
  if (isPowerOfTwo(c)) return graph.mul(graph.constant(1 / c), a);
  if (c < 0) return graph.neg(graph.div(a, graph.constant(-c)));
  if (isNegative(graph, a)) return graph.neg(graph.div(graph.neg(a), graph.constant(c)));
  if (!isModerate(c)) return null;
  if (hasFactor(graph, a) && isModerate(factor(graph, a) / c)) {
    return graph.mul(graph.constant(factor(graph, a) / c), rest(graph, a));
  }
  if (hasNumerator(graph, a) && isModerate(numerator(graph, a) / c)) {
    return graph.div(graph.constant(numerator(graph, a) / c), graph.second(a));
  }
  if (hasDenominator(graph, a) && isModerate(denominator(graph, a) * c)) {
    return graph.div(graph.first(a), graph.constant(denominator(graph, a) * c));
  }
  return null;
}

function simplifyPower(graph: Graph, a: Node, b: Node): Node | null {
  if (graph.isConstant(a, 1)) return graph.constant(1);
  if (!graph.isConstant(b)) return null;
  const exponent = graph.value(b);
  if (exponent === 0) return graph.constant(1);
  if (exponent === 0.5) return graph.unary('sqrt', a);
  if (exponent === -0.5) return graph.div(graph.constant(1), graph.unary('sqrt', a));
  if (!Number.isInteger(exponent) || Math.abs(exponent) > largestProductPower) return null;
  const power = productPower(graph, a, Math.abs(exponent));
  return exponent > 0 ? power : graph.div(graph.constant(1), power);
}

/** a^n by repeated squaring, n >= 1. */
function productPower(graph: Graph, a: Node, n: number): Node {
  if (n === 1) return a;
  return n % 2 === 0 ? graph.square(productPower(graph, a, n / 2)) : graph.mul(a, productPower(graph, a, n - 1));
}

function is(graph: Graph, node: Node, op: Unary | Binary): boolean {
  return graph.primitive(node) === op;
}

/** A node read as factor * rest with a constant factor, 1 if it is no such product. */
function hasFactor(graph: Graph, node: Node): boolean {
  return is(graph, node, 'mul') && graph.isConstant(graph.first(node));
}

function factor(graph: Graph, node: Node): number {
  return hasFactor(graph, node) ? graph.value(graph.first(node)) : 1;
}

function rest(graph: Graph, node: Node): Node {
  return hasFactor(graph, node) ? graph.second(node) : node;
}

/** -x, c x or c / x with c < 0: what negation turns into an expression without the sign. */
function isNegative(graph: Graph, node: Node): boolean {
  return is(graph, node, 'neg') || factor(graph, node) < 0 || (hasNumerator(graph, node) && numerator(graph, node) < 0);
}

/** constant / x */
function hasNumerator(graph: Graph, node: Node): boolean {
  return is(graph, node, 'div') && graph.isConstant(graph.first(node));
}

function numerator(graph: Graph, node: Node): number {
  return graph.value(graph.first(node));
}

/** x / constant */
function hasDenominator(graph: Graph, node: Node): boolean {
  return is(graph, node, 'div') && graph.isConstant(graph.second(node));
}

function denominator(graph: Graph, node: Node): number {
  return graph.value(graph.second(node));
}

/** Far enough from overflow and underflow to trade places with other factors. */
function isModerate(c: number): boolean {
  return Math.abs(c) > 1e-100 && Math.abs(c) < 1e100;
}

function isPowerOfTwo(c: number): boolean {
  return isModerate(c) && Number.isInteger(Math.log2(Math.abs(c))) && 2 ** Math.log2(Math.abs(c)) === Math.abs(c);
}
