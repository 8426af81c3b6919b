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

/**
 * `together`: how many iterations are taken at once, each with scratch of its own. Throws where the buffers exceed the
 * 4 GB a 32-bit address reaches.
 */
export function layout(buffers: readonly BufferShape[], lanes: number, together: number): Layout {
  const offsets = new Map<string, number>();
  let end = 0;
  for (const { name, length, scratch } of buffers) {
    offsets.set(name, end);
    const numbers = length * lanes * (scratch ? together : 1);
    end += Math.ceil((numbers * NUMBER_BYTES) / ALIGNMENT) * ALIGNMENT;
  }
  const pages = Math.ceil(end / PAGE_BYTES);
  if (pages > 65535) throw new Error(`the kernel needs ${end} bytes of memory, more than WebAssembly can address`);
  return { offsets, pages };
}
