/**
 * Operation counts of the two ways to a Jacobian, from sets kept as bits: the columns each node depends on (forward),
 * the rows each node reaches (reverse). A product with a partial costs one operation where the partial is not 1 or -1,
 * the addition of a second contribution another.
 */
import type { JacobianTask } from './jacobian';
import type { Node, Primitive } from './primitives';

/** Sums and differences pass tangents and adjoints on as they are. */
const passesOn: ReadonlySet<Primitive> = new Set<Primitive>(['neg', 'add', 'sub']);

export function forwardCost(task: JacobianTask): number {
  const { graph, columns, active, firstColumn } = task;
  const sets = new BitSets(firstColumn.length, columns.length);
  columns.forEach((symbol, column) => {
    if (symbol < firstColumn.length) sets.insert(symbol, column);
  });
  let cost = 0;
  for (const node of active) {
    const arity = graph.arity(node);
    if (arity > 0) sets.unite(node, graph.first(node));
    if (arity > 1) sets.unite(node, graph.second(node));
    if (arity === 0) continue;
    const first = sets.count(graph.first(node));
    const second = arity > 1 ? sets.count(graph.second(node)) : 0;
    const products = passesOn.has(graph.primitive(node)) ? 0 : first + second;
    const overlap = first + second - sets.count(node);
    cost += products + overlap;
  }
  return cost;
}

export function reverseCost(task: JacobianTask): number {
  const { graph, rows, columns, active, firstColumn } = task;
  const sets = new BitSets(firstColumn.length, rows.length);
  rows.forEach((root, row) => {
    sets.insert(root, row);
  });
  let cost = 0;
  for (let place = active.length - 1; place >= 0; place--) {
    const node = active[place] as Node;
    const count = sets.count(node);
    const product = passesOn.has(graph.primitive(node)) ? 0 : 1;
    const arity = graph.arity(node);
    for (let operand = 0; operand < arity; operand++) {
      const below = operand === 0 ? graph.first(node) : graph.second(node);
      if (firstColumn[below] >= columns.length) continue;
      const before = sets.count(below);
      sets.unite(below, node);
      const overlap = before + count - sets.count(below);
      cost += product * count + overlap;
    }
  }
  return cost;
}

/** A set of small integers for every node. */
class BitSets {
  private readonly words: number;
  private readonly bits: Int32Array;

  constructor(size: number, members: number) {
    this.words = Math.ceil(members / 32);
    this.bits = new Int32Array(size * this.words);
  }

  insert(node: Node, member: number): void {
    const word = node * this.words + (member >>> 5);
    this.bits[word] = this.bits[word] | (1 << (member & 31));
  }

  /** Adds the members of another node's set. */
  unite(node: Node, other: Node): void {
    for (let word = 0; word < this.words; word++) {
      const target = node * this.words + word;
      this.bits[target] = this.bits[target] | this.bits[other * this.words + word];
    }
  }

  count(node: Node): number {
    let total = 0;
    for (let word = 0; word < this.words; word++) total += countBits(this.bits[node * this.words + word]);
    return total;
  }
}

/** Number of ones among 32 bits (Warren, Hacker's Delight, section 5-1). */
function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
