/**
 * The expression graph: scalar expressions as nodes of one directed acyclic graph, each distinct expression stored once.
 *
 * Nodes are immutable; building an expression that exists returns its handle. Construction folds constants and applies
 * the identities of simplify.ts. A constant operation whose result is not finite (1/0, log(-1)) is kept as a node, so
 * that whoever evaluates it can say where the number was lost. Zero has no sign here: -0 and 0 are one constant.
 */
import {
  type Binary,
  firstBinary,
  firstUnary,
  type Node,
  opcodes,
  type Primitive,
  primitives,
  type Unary,
} from './primitives';
import { binarySimplifications, commutative, unarySimplifications } from './simplify';
import { NodeTable } from './table';
import { binaryValues, unaryValues } from './values';

const defaultLimit = 200_000;

export class Graph {
  private readonly table: NodeTable;
  private readonly names: string[] = [];

  /** @param options.limit largest number of nodes; building more throws GraphLimitError. */
  constructor(options: { readonly limit?: number } = {}) {
    this.table = new NodeTable(options.limit ?? defaultLimit);
  }

  /** Number of nodes; every handle is smaller. */
  get size(): number {
    return this.table.size;
  }

  constant(value: number): Node {
    return this.table.constant(opcodes.constant, value === 0 ? 0 : value);
  }

  /** A new symbol on each call: two calls with one name give two symbols. */
  symbol(name: string): Node {
    const node = this.table.append(opcodes.symbol, this.names.length, 0);
    this.names.push(name);
    return node;
  }

  unary(op: Unary, a: Node): Node {
    if (this.isConstant(a)) {
      const folded = unaryValues[op](this.value(a));
      return Number.isFinite(folded) ? this.constant(folded) : this.table.intern(opcodes[op], a, 0);
    }
    return unarySimplifications[op](this, a) ?? this.table.intern(opcodes[op], a, 0);
  }

  binary(op: Binary, a: Node, b: Node): Node {
    if (this.isConstant(a) && this.isConstant(b)) {
      const folded = binaryValues[op](this.value(a), this.value(b));
      return Number.isFinite(folded) ? this.constant(folded) : this.table.intern(opcodes[op], a, b);
    }
    const simpler = binarySimplifications[op](this, a, b);
    if (simpler !== null) return simpler;
    return commutative[op] && this.inOrder(op, b, a)
      ? this.table.intern(opcodes[op], b, a)
      : this.table.intern(opcodes[op], a, b);
  }

  /** Operands of commutative primitives ascend; a constant is the first of a product and the last of a sum. */
  private inOrder(op: Binary, a: Node, b: Node): boolean {
    if (this.isConstant(a)) return op === 'mul';
    if (this.isConstant(b)) return op !== 'mul';
    return a < b;
  }

  neg(a: Node): Node {
    return this.unary('neg', a);
  }

  add(a: Node, b: Node): Node {
    return this.binary('add', a, b);
  }

  sub(a: Node, b: Node): Node {
    return this.binary('sub', a, b);
  }

  mul(a: Node, b: Node): Node {
    return this.binary('mul', a, b);
  }

  div(a: Node, b: Node): Node {
    return this.binary('div', a, b);
  }

  pow(a: Node, b: Node): Node {
    return this.binary('pow', a, b);
  }

  square(a: Node): Node {
    return this.binary('mul', a, a);
  }

  /** The sum from left to right; 0 if there are no nodes. */
  sum(nodes: readonly Node[]): Node {
    return nodes.reduce((total, node) => this.add(total, node), this.constant(0));
  }

  primitive(node: Node): Primitive {
    return primitives[this.table.opcode[node]] as Primitive;
  }

  /** The place of the node's primitive in the list `primitives`; cheaper than its name in inner loops. */
  opcode(node: Node): number {
    return this.table.opcode[node];
  }

  /** Number of operands: 0, 1 or 2. */
  arity(node: Node): number {
    const opcode = this.table.opcode[node];
    return opcode < firstUnary ? 0 : opcode < firstBinary ? 1 : 2;
  }

  /** None, one or two. */
  operands(node: Node): Node[] {
    const arity = this.arity(node);
    return arity === 0 ? [] : arity === 1 ? [this.first(node)] : [this.first(node), this.second(node)];
  }

  /** First operand of a unary or binary primitive. */
  first(node: Node): Node {
    return this.table.first[node] as Node;
  }

  /** Second operand of a binary primitive. */
  second(node: Node): Node {
    return this.table.second[node] as Node;
  }

  /** Value of a constant; not a number for other nodes. */
  value(node: Node): number {
    return this.table.value[node];
  }

  /** Name of a symbol; empty for other nodes. */
  name(node: Node): string {
    return this.isSymbol(node) ? (this.names[this.table.first[node]] as string) : '';
  }

  isSymbol(node: Node): boolean {
    return this.table.opcode[node] === opcodes.symbol;
  }

  /** Whether the node is a constant, and has this value if one is given. */
  isConstant(node: Node, value?: number): boolean {
    return this.table.opcode[node] === opcodes.constant && (value === undefined || this.table.value[node] === value);
  }
}
