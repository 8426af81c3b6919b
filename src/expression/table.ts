/**
 * Storage of the graph: nodes in growing typed arrays, each distinct (opcode, first, second) stored once.
 *
 * The index is an open-addressing hash table with linear probing (Knuth, The Art of Computer Programming, vol. 3,
 * section 6.4), kept at most half full. A constant is keyed by the two halves of its floating-point number.
 */
import type { Node } from './primitives';

/** Thrown when an expression graph outgrows its limit; the message is meant for the person who wrote the problem. */
export class GraphLimitError extends Error {
  override readonly name = 'GraphLimitError';
  constructor(readonly limit: number) {
    super(
      `The problem is too large: its expressions and their derivatives need more than ${limit} operations. ` +
        'Shorten the formulas, or use fewer variables, a simpler integrator or fewer substeps.',
    );
  }
}

const initialCapacity = 1024;

export class NodeTable {
  size = 0;
  opcode = new Uint8Array(initialCapacity);
  first = new Int32Array(initialCapacity);
  second = new Int32Array(initialCapacity);
  value = new Float64Array(initialCapacity);
  /** Node + 1; 0 marks a free slot. The length is a power of two. */
  private slots = new Int32Array(4 * initialCapacity);
  private readonly number = new Float64Array(1);
  private readonly halves = new Int32Array(this.number.buffer);

  constructor(private readonly limit: number) {}

  constant(opcode: number, value: number): Node {
    this.number[0] = value;
    return this.intern(opcode, this.halves[0], this.halves[1], value);
  }

  /** The node with this key, made if there is none yet. */
  intern(opcode: number, first: number, second: number, value = Number.NaN): Node {
    const mask = this.slots.length - 1;
    let slot = hash(opcode, first, second) & mask;
    for (;;) {
      const found = this.slots[slot] - 1;
      if (found < 0) break;
      if (this.first[found] === first && this.second[found] === second && this.opcode[found] === opcode) {
        return found as Node;
      }
      slot = (slot + 1) & mask;
    }
    const node = this.append(opcode, first, second, value);
    this.slots[slot] = node + 1;
    if (2 * this.size > this.slots.length) this.rehash();
    return node;
  }

  /** A new node, whether or not an equal one exists; it is not found by later look-ups until the index is rebuilt. */
  append(opcode: number, first: number, second: number, value = Number.NaN): Node {
    if (this.size >= this.limit) throw new GraphLimitError(this.limit);
    if (this.size === this.opcode.length) this.grow();
    const node = this.size++;
    this.opcode[node] = opcode;
    this.first[node] = first;
    this.second[node] = second;
    this.value[node] = value;
    return node as Node;
  }

  private grow(): void {
    const capacity = 2 * this.opcode.length;
    const { opcode, first, second, value } = this;
    this.opcode = new Uint8Array(capacity);
    this.first = new Int32Array(capacity);
    this.second = new Int32Array(capacity);
    this.value = new Float64Array(capacity);
    this.opcode.set(opcode);
    this.first.set(first);
    this.second.set(second);
    this.value.set(value);
  }

  private rehash(): void {
    let length = 2 * this.slots.length;
    // Symbols take numbers without coming through here: room for all of them, not only for twice as many.
    while (length < 2 * this.size) length *= 2;
    const slots = new Int32Array(length);
    const mask = slots.length - 1;
    for (let node = 0; node < this.size; node++) {
      let slot = hash(this.opcode[node], this.first[node], this.second[node]) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = node + 1;
    }
    this.slots = slots;
  }
}

/** Multiply and shift by odd constants, so that neighbouring handles land far apart. */
function hash(opcode: number, first: number, second: number): number {
  let mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second + Math.imul(opcode, 0x01000193), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return mixed ^ (mixed >>> 13);
}
