/**
 * Where the numbers lie: buffers one after the other in one memory, each aligned to 16 bytes. An element is a double
 * for each lane, side by side. Only this file, the emitters and `LaneNumbers` know.
 */
import type { BufferShape } from './ir';

export const NUMBER_BYTES = 8;
export const PAGE_BYTES = 65536;
const ALIGNMENT = 16;

export interface Layout {
  /** First byte of each buffer. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly pages: number;
}

/** Throws where the buffers exceed the 4 GB a 32-bit address reaches. */
export function layout(buffers: readonly BufferShape[], lanes: number): Layout {
  const offsets = new Map<string, number>();
  let end = 0;
  for (const { name, length } of buffers) {
    offsets.set(name, end);
    end += Math.ceil((length * lanes * NUMBER_BYTES) / ALIGNMENT) * ALIGNMENT;
  }
  const pages = Math.ceil(end / PAGE_BYTES);
  if (pages > 65535) throw new Error(`the kernel needs ${end} bytes of memory, more than WebAssembly can address`);
  return { offsets, pages };
}
