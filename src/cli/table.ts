/** Aligned columns of text. */

export interface Column {
  readonly heading: string;
  readonly cells: readonly string[];
  /** Text reads from the left; numbers end at the right, the default. */
  readonly align?: 'left' | 'right';
}

const GAP = '  ';

/**
 * Lines of at most `width` characters where that is possible: a table too wide is continued below with further columns,
 * each time beginning with the first column again.
 */
export function table(columns: readonly Column[], width: number): string[] {
  const [first, ...others] = columns.map(padded);
  if (!first) return [];
  const blocks: string[][][] = [];
  let room = 0;
  for (const column of others) {
    const needed = GAP.length + (column[0]?.length ?? 0);
    if (blocks.length === 0 || needed > room) {
      blocks.push([first]);
      room = width - (first[0]?.length ?? 0);
    }
    blocks.at(-1)?.push(column);
    room -= needed;
  }
  const lines = (block: string[][]) =>
    first.map((_, row) =>
      block
        .map((column) => column[row] ?? '')
        .join(GAP)
        .trimEnd(),
    );
  return (blocks.length === 0 ? [[first]] : blocks).flatMap((block, i) =>
    i === 0 ? lines(block) : ['', ...lines(block)],
  );
}

function padded({ heading, cells, align = 'right' }: Column): string[] {
  const entries = [heading, ...cells];
  const width = Math.max(...entries.map((entry) => entry.length));
  return entries.map((entry) => (align === 'left' ? entry.padEnd(width) : entry.padStart(width)));
}

/** Six digits; plain where that is short, otherwise with an exponent. */
export function number(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? 'infinite' : '-infinite';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e6) return value.toExponential(digits - 3);
  return String(Number(value.toPrecision(digits)));
}

/** Alike numbers below each other: as many decimals as give the largest of them this many digits. */
export function numbers(values: readonly number[], digits = 6): string[] {
  const size = Math.max(...values.map(Math.abs).filter(Number.isFinite), 0);
  if (size < 1e-3 || size >= 10 ** digits) return values.map((value) => number(value, digits));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return values.map((value) => (Number.isFinite(value) ? fixed(value, decimals) : number(value)));
}

/** Zero has no sign here, however it came about. */
function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** As small as an error is of interest: 1.2e-9. */
export function order(value: number): string {
  return Number.isFinite(value) ? (value === 0 ? '0' : value.toExponential(1)) : number(value);
}

/** At most `most` of the places 0..count-1, evenly spread, the first and the last among them. */
export function spread(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (count - 1)) / (most - 1)));
}
