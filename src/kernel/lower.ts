/**
 * From the expression graph to kernel code. A node with several uses is computed once, into a local; one with a
 * single use is written where it is used. Work is linear in the number of nodes.
 */
import type { Binary, Graph, Node, Unary } from '../expression';
import type { Program } from './program';
import { abs, apply, max, min, type Real, real, select, sqrt } from './real';

const unaryRules: { readonly [P in Unary]: (a: Real) => Real } = {
  neg: (a) => a.negated(),
  abs,
  sign: (a) => select(a.gt(0), 1, select(a.lt(0), -1, a)),
  sqrt,
  sin: (a) => apply('sin', a),
  cos: (a) => apply('cos', a),
  tan: (a) => apply('tan', a),
  asin: (a) => apply('asin', a),
  acos: (a) => apply('acos', a),
  atan: (a) => apply('atan', a),
  sinh: (a) => apply('sinh', a),
  cosh: (a) => apply('cosh', a),
  tanh: (a) => apply('tanh', a),
  exp: (a) => apply('exp', a),
  log: (a) => apply('log', a),
};

const binaryRules: { readonly [P in Binary]: (a: Real, b: Real) => Real } = {
  add: (a, b) => a.plus(b),
  sub: (a, b) => a.minus(b),
  mul: (a, b) => a.times(b),
  div: (a, b) => a.over(b),
  pow: (a, b) => apply('pow', a, b),
  atan2: (a, b) => apply('atan2', a, b),
  min,
  max,
  lessEqual: (a, b) => select(a.le(b), 1, 0),
};

/** Slow ones get a local of their own, so that they start early and no rule repeats them. */
const costly = new Set<string>([
  'sign',
  'sqrt',
  'div',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'exp',
  'log',
  'pow',
  'atan2',
]);

/** Expressions are written in place up to this depth, so that no backend meets a deep tree. */
const DEPTH = 24;

/**
 * Lowers nodes at one place of a kernel. Several calls share what they compute; symbols, or whole subexpressions
 * known already, are given their values by `bind`.
 */
export class GraphLowering {
  private readonly values = new Map<Node, Real>();

  constructor(
    private readonly program: Program,
    private readonly graph: Graph,
    bindings: ReadonlyMap<Node, Real> = new Map(),
  ) {
    for (const [node, value] of bindings) this.bind(node, value);
  }

  /** The value must stay what it is: a literal, a local that is not assigned again, a load of what is not stored to. */
  bind(node: Node, value: Real): void {
    this.values.set(node, value);
  }

  lower(outputs: readonly Node[]): Real[] {
    const { graph } = this;
    const uses = this.uses(outputs);
    const inline = new Map<Node, { value: Real; depth: number }>();
    const get = (node: Node): { value: Real; depth: number } => {
      const fixed = this.values.get(node);
      return fixed ? { value: fixed, depth: 0 } : (inline.get(node) as { value: Real; depth: number });
    };
    for (const node of [...uses.keys()].sort((a, b) => a - b)) {
      const { value, depth } = this.compute(node, get);
      const primitive = graph.primitive(node);
      if ((uses.get(node) as number) > 1 || costly.has(primitive) || depth > DEPTH) {
        this.values.set(node, this.program.let(value));
      } else inline.set(node, { value, depth });
    }
    return outputs.map((node) => get(node).value);
  }

  private compute(node: Node, get: (node: Node) => { value: Real; depth: number }): { value: Real; depth: number } {
    const { graph } = this;
    const primitive = graph.primitive(node);
    if (primitive === 'constant') return { value: real(graph.value(node)), depth: 0 };
    if (primitive === 'symbol') throw new Error(`no value is bound to ${graph.name(node)}`);
    const first = get(graph.first(node));
    if (graph.arity(node) === 1) {
      // the rule of sign repeats its operand
      const operand = primitive === 'sign' ? this.program.let(first.value) : first.value;
      return { value: unaryRules[primitive as Unary](operand), depth: first.depth + 1 };
    }
    const second = get(graph.second(node));
    const depth = Math.max(first.depth, second.depth) + 1;
    return { value: binaryRules[primitive as Binary](first.value, second.value), depth };
  }

  /** How often each node without a value is used by the others and the outputs. */
  private uses(outputs: readonly Node[]): Map<Node, number> {
    const { graph } = this;
    const uses = new Map<Node, number>();
    const stack: Node[] = [];
    const use = (node: Node): void => {
      if (this.values.has(node)) return;
      const before = uses.get(node) ?? 0;
      uses.set(node, before + 1);
      if (before === 0) stack.push(node);
    };
    outputs.forEach(use);
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (graph.arity(node) > 0) use(graph.first(node));
      if (graph.arity(node) > 1) use(graph.second(node));
    }
    return uses;
  }
}
