/** A growing array of bytes, with the number formats of the WebAssembly binary format. */

/** A size is written before what it measures is known: five bytes of LEB128, of which the last may be padding. */
const SIZE_BYTES = 5;

export class Encoder {
  private bytes = new Uint8Array(1 << 16);
  private view = new DataView(this.bytes.buffer);
  private end = 0;

  get length(): number {
    return this.end;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.end);
  }

  byte(value: number): void {
    if (this.end === this.bytes.length) this.grow();
    this.bytes[this.end++] = value;
  }

  /** LEB128 of 0 <= value < 2^32. */
  unsigned(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  /** LEB128 of a signed 32-bit number. */
  signed(value: number): void {
    let rest = value;
    while (rest < -64 || rest > 63) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    this.byte(rest & 0x7f);
  }

  /** LEB128 of a signed 64-bit number. */
  signedLong(value: bigint): void {
    let rest = value;
    while (rest < -64n || rest > 63n) {
      this.byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.byte(Number(rest & 0x7fn));
  }

  float64(value: number): void {
    if (this.end + 8 > this.bytes.length) this.grow();
    this.view.setFloat64(this.end, value, true);
    this.end += 8;
  }

  /** A name of ASCII or other characters, as UTF-8 with its length before it. */
  text(value: string): void {
    const encoded = new TextEncoder().encode(value);
    this.unsigned(encoded.length);
    for (const byte of encoded) this.byte(byte);
  }

  /** Writes content with its size in bytes before it; returns that size. */
  sized(content: () => void): number {
    const start = this.end;
    for (let i = 0; i < SIZE_BYTES; i++) this.byte(0);
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

  private grow(): void {
    const larger = new Uint8Array(this.bytes.length * 2);
    larger.set(this.bytes);
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}
