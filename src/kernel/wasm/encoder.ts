/** A growing array of bytes, with the number formats of the WebAssembly binary format. */
import { VECTOR, Vector } from './opcodes';

/** A size is written before what it measures is known: five bytes of LEB128, of which the last may be padding. */
const SIZE_BYTES = 5;

/** No single write is longer. */
const ROOM = 32;

export class Encoder {
  private bytes = new Uint8Array(1 << 16);
  private view = new DataView(this.bytes.buffer);
  private end = 0;

  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.end);
  }

  byte(value: number): void {
    this.reserve();
    this.bytes[this.end++] = value;
  }

  /** LEB128 of 0 <= value < 2^32. */
  unsigned(value: number): void {
    this.reserve();
    this.writeUnsigned(value);
  }

  /** An opcode and an unsigned number. */
  indexed(opcode: number, value: number): void {
    this.reserve();
    this.bytes[this.end++] = opcode;
    if (value < 0x80) this.bytes[this.end++] = value;
    else this.writeUnsigned(value);
  }

  /** An opcode and a signed 32-bit number. */
  integer(opcode: number, value: number): void {
    this.reserve();
    this.bytes[this.end++] = opcode;
    let rest = value;
    while (rest < -64 || rest > 63) {
      this.bytes[this.end++] = (rest & 0x7f) | 0x80;
      rest >>= 7;
    }
    this.bytes[this.end++] = rest & 0x7f;
  }

  /** An opcode and a signed 64-bit number. */
  long(opcode: number, value: bigint): void {
    this.reserve();
    this.bytes[this.end++] = opcode;
    let rest = value;
    while (rest < -64n || rest > 63n) {
      this.bytes[this.end++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.bytes[this.end++] = Number(rest & 0x7fn);
  }

  /** An opcode and a double. */
  double(opcode: number, value: number): void {
    this.reserve();
    this.bytes[this.end++] = opcode;
    this.view.setFloat64(this.end, value, true);
    this.end += 8;
  }

  /** An access to memory: an opcode, the alignment as a power of two, and the offset. */
  memory(opcode: number, alignment: number, offset: number): void {
    this.reserve();
    this.bytes[this.end++] = opcode;
    this.bytes[this.end++] = alignment;
    this.writeUnsigned(offset);
  }

  /** A vector instruction. */
  vector(opcode: number): void {
    this.indexed(VECTOR, opcode);
  }

  /** A vector of two 64-bit numbers. */
  pair(first: bigint, second: bigint): void {
    this.vector(Vector.const);
    this.view.setBigUint64(this.end, BigInt.asUintN(64, first), true);
    this.view.setBigUint64(this.end + 8, BigInt.asUintN(64, second), true);
    this.end += 16;
  }

  /** An access to memory by a vector instruction. */
  vectorMemory(opcode: number, alignment: number, offset: number): void {
    this.vector(opcode);
    this.bytes[this.end++] = alignment;
    this.writeUnsigned(offset);
  }

  /** A name as UTF-8, with its length before it. */
  text(value: string): void {
    const encoded = new TextEncoder().encode(value);
    this.unsigned(encoded.length);
    for (const byte of encoded) this.byte(byte);
  }

  /** Writes content with its size in bytes before it; returns that size. */
  sized(content: () => void): number {
    this.reserve();
    const start = this.end;
    this.end += SIZE_BYTES;
    content();
    const size = this.end - start - SIZE_BYTES;
    let rest = size;
    for (let i = 0; i < SIZE_BYTES - 1; i++) {
      this.bytes[start + i] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[start + SIZE_BYTES - 1] = rest;
    return size;
  }

  private writeUnsigned(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.end++] = (rest & 0x7f) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.end++] = rest;
  }

  private reserve(): void {
    if (this.end + ROOM <= this.bytes.length) return;
    const larger = new Uint8Array(this.bytes.length * 2);
    larger.set(this.bytes);
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}
