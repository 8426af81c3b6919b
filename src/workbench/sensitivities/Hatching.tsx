/** Hatches cells of the map: numbers that are not to be trusted. Its size is that of the cells, in pixels. */
import { useId } from 'react';
import type { Size } from '../use-size';

interface Props {
  /** [rows][columns]; what is not 0 is hatched. */
  readonly mask: Uint8Array;
  readonly rows: number;
  readonly columns: number;
  readonly size: Size;
}

export function Hatching({ mask, rows, columns, size }: Props) {
  const id = useId();
  const path = pathOf(mask, rows, columns, size);
  if (path === '') return null;
  return (
    <svg className="hatching" data-testid="hatching" width={size.width} height={size.height} aria-hidden="true">
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className="ground" width="2.5" height="5" />
        <line y2="5" />
      </pattern>
      <path d={path} fill={`url(#${id})`} />
    </svg>
  );
}

/** One rectangle for each run of cells in a column. */
export function pathOf(mask: Uint8Array, rows: number, columns: number, { width, height }: Size): string {
  const parts: string[] = [];
  for (let column = 0; column < columns; column++) {
    let start = -1;
    for (let row = 0; row <= rows; row++) {
      const marked = row < rows && mask[row * columns + column] !== 0;
      if (marked && start < 0) start = row;
      if (marked || start < 0) continue;
      const [x, y] = [(column * width) / columns, (start * height) / rows];
      parts.push(`M${x} ${y}h${width / columns}v${((row - start) * height) / rows}h${-width / columns}z`);
      start = -1;
    }
  }
  return parts.join('');
}
