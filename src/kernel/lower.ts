/**
 * From the expression graph to kernel code. A node with several uses is computed once, into a local; one with a
 * single use is written where it is used. Work is linear in the number of nodes.
 */
import type { Binary, Graph, Node, Primitive, Unary } from '../expression';
import type { Program } from './program';
import { abs, max, min, type Real, real, select, sqrt } from './real';

const unaryRules: { readonly [P in Unary]: (a: Real, program: Program) => Real } = {
  neg: (a) => a.negated(),
  abs,
  sign: (a) => select(a.gt(0), 1, select(a.lt(0), -1, a)),
  sqrt,
  sin: (a, program) => program.apply('sin', a),
  cos: (a, program) => program.apply('cos', a),
  tan: (a, program) => program.apply('tan', a),
  asin: (a, program) => program.apply('asin', a),
  acos: (a, program) => program.apply('acos', a),
  atan: (a, program) => program.apply('atan', a),
  sinh: (a, program) => program.apply('sinh', a),
  cosh: (a, program) => program.apply('cosh', a),
  tanh: (a, program) => program.apply('tanh', a),
  exp: (a, program) => program.apply('exp', a),
  log: (a, program) => program.apply('log', a),
};

const binaryRules: { readonly [P in Binary]: (a: Real, b: Real, program: Program) => Real } = {
  add: (a, b) => a.plus(b),
  sub: (a, b) => a.minus(b),
  mul: (a, b) => a.times(b),
  div: (a, b) => a.over(b),
  pow: (a, b, program) => program.apply('pow', a, b),
  atan2: (a, b, program) => program.apply('atan2', a, b),
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

/** A node on its way to a value. */
interface Pending {
  /** By the others and the outputs. */
  uses: number;
  /** Null: not there yet. */
  value: Real | null;
  /** Of the expression it is written as. */
  depth: number;
}

type PendingNodes = Map<Node, Pending>;

/**
 * Lowers nodes at one place of a kernel. Several calls share what they compute; symbols, or whole subexpressions
 * known already, are given their values by `bind`.
 */
export class GraphLowering {
  private readonly values: Map<Node, Real>;

  constructor(
    private readonly program: Program,
    private readonly graph: Graph,
    bindings: ReadonlyMap<Node, Real> = new Map(),
  ) {
    this.values = new Map(bindings);
  }

  /** The value must stay what it is: a literal, a local that is not assigned again, a load of what is not stored to. */
  bind(node: Node, value: Real): void {
    this.values.set(node, value);
  }

  lower(outputs: readonly Node[]): Real[] {
    const pending = this.below(outputs);
    // In ascending order operands come before results.
    for (const node of Int32Array.from(pending.keys()).sort()) this.make(node as Node, pending);
    return outputs.map((node) => valueAt(node, pending));
  }

  /** Computed into a local where it is used more than once, slow, or deep. */
  private make(node: Node, pending: PendingNodes): void {
    const one = pending.get(node) as Pending;
    if (one.value !== null) return;
    const primitive = this.graph.primitive(node);
    const value = this.compute(node, primitive, pending);
    const depth = this.depthOf(node, pending);
    if (one.uses > 1 || depth > DEPTH || costly.has(primitive)) {
      one.value = this.program.let(value);
      this.values.set(node, one.value);
    } else {
      one.value = value;
      one.depth = depth;
    }
  }

  private compute(node: Node, primitive: Primitive, pending: PendingNodes): Real {
    const { graph, program } = this;
    if (primitive === 'constant') return real(graph.value(node));
    if (primitive === 'symbol') throw new Error(`no value is bound to ${graph.name(node)}`);
    const first = valueAt(graph.first(node), pending);
    // The rule of sign repeats its operand.
    if (graph.arity(node) === 1)
      return unaryRules[primitive as Unary](primitive === 'sign' ? program.let(first) : first, program);
    return binaryRules[primitive as Binary](first, valueAt(graph.second(node), pending), program);
  }

  private depthOf(node: Node, pending: PendingNodes): number {
    const { graph } = this;
    const arity = graph.arity(node);
    if (arity === 0) return 0;
    const first = (pending.get(graph.first(node)) as Pending).depth;
    return 1 + (arity === 1 ? first : Math.max(first, (pending.get(graph.second(node)) as Pending).depth));
  }

  /** The nodes that the outputs need, down to those that have values. */
  private below(outputs: readonly Node[]): PendingNodes {
    const { graph } = this;
    const pending: PendingNodes = new Map();
    const stack: Node[] = [];
    const use = (node: Node): void => {
      const known = pending.get(node);
      if (known) {
        known.uses++;
        return;
      }
      const value = this.values.get(node) ?? null;
      pending.set(node, { uses: 1, value, depth: 0 });
      if (value === null) stack.push(node);
    };
    outputs.forEach(use);
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      const arity = graph.arity(node);
      if (arity > 0) use(graph.first(node));
      if (arity > 1) use(graph.second(node));
    }
    return pending;
  }
}

function valueAt(node: Node, pending: PendingNodes): Real {
  return (pending.get(node) as Pending).value as Real;
}
