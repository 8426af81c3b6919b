/**
 * Paints a table onto a canvas, one pixel a cell, which the page then stretches. Where there are more rows or columns than
 * pixels, a pixel shows the entry of largest size (in units of its scale) among those it covers, so that nothing gets lost.
 */
import type { Table } from './cells';
import { shadeOf } from './colours';

/** Pixels of what has no value. */
const transparent = 0;

export function paint(
  canvas: HTMLCanvasElement,
  { values, rows, columns, blocks }: Table,
  /** [blocks][columns] */
  scales: Float64Array,
  colours: Uint32Array,
  most: { readonly width: number; readonly height: number },
): void {
  const width = Math.max(1, Math.min(columns.length, most.width));
  const height = Math.max(1, Math.min(rows, most.height));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const middle = (colours.length - 1) / 2;
  const blockOf = Int32Array.from({ length: rows });
  blocks.forEach(({ start }, b) => {
    blockOf.fill(b, start);
  });
  for (let y = 0; y < height; y++) {
    const lastRow = Math.floor(((y + 1) * rows) / height);
    for (let x = 0; x < width; x++) {
      const lastColumn = Math.floor(((x + 1) * columns.length) / width);
      let shade = -1;
      for (let row = Math.floor((y * rows) / height); row < lastRow; row++) {
        for (let column = Math.floor((x * columns.length) / width); column < lastColumn; column++) {
          const next = shadeOf(
            values[row * columns.length + column] ?? Number.NaN,
            scales[(blockOf[row] ?? 0) * columns.length + column] ?? 0,
          );
          if (next >= 0 && (shade < 0 || Math.abs(next - middle) > Math.abs(shade - middle))) shade = next;
        }
      }
      pixels[y * width + x] = shade < 0 ? transparent : (colours[shade] ?? transparent);
    }
  }
  context.putImageData(image, 0, 0);
}
