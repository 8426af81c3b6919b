/** Which entries of a vector or matrix indices choose. */
import { ShapeError } from './arrays';
import type { Expression, Index } from './expressionSyntax';
import { isVector, type Shape, shapeInWords, sizeOf } from './value';

/** Positions in the array, row by row, and the shape they have together. */
export interface Selected extends Shape {
  readonly positions: readonly number[];
}

export function whole({ rows, columns }: Shape): Selected {
  return { rows, columns, positions: Array.from({ length: rows * columns }, (_, i) => i) };
}

/**
 * One index chooses from a vector, two choose rows and columns of a matrix.
 *
 * @param numberOf null where an index has a mistake, which is then reported
 */
export function chosen(
  shape: Shape,
  indices: readonly Index[],
  numberOf: (expression: Expression) => number | null,
): Selected | ShapeError | null {
  const [first, second] = indices;
  if (!first) return whole(shape);
  if (!second) {
    if (!isVector(shape))
      return new ShapeError(shapeInWords(shape), 'give the row and the column: `A[1,2]`, `A[1,..]`');
    const along = places(sizeOf(shape), first, shapeInWords(shape), numberOf);
    if (along === null || along instanceof ShapeError) return along;
    const upright = shape.columns === 1;
    return { rows: upright ? along.length : 1, columns: upright ? 1 : along.length, positions: along };
  }
  const rows = places(shape.rows, first, `${shapeInWords(shape)}, with ${counted(shape.rows, 'row')}`, numberOf);
  if (rows === null || rows instanceof ShapeError) return rows;
  const columns = places(
    shape.columns,
    second,
    `${shapeInWords(shape)}, with ${counted(shape.columns, 'column')}`,
    numberOf,
  );
  if (columns === null || columns instanceof ShapeError) return columns;
  return {
    rows: rows.length,
    columns: columns.length,
    positions: rows.flatMap((row) => columns.map((column) => row * shape.columns + column)),
  };
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Positions from 0 along one direction. */
function places(
  length: number,
  index: Index,
  words: string,
  numberOf: (expression: Expression) => number | null,
): readonly number[] | ShapeError | null {
  const outside = (value: number) => new ShapeError(`${words}: there is no ${value}`, 'indices begin at 1');
  if (index.kind === 'one') {
    const at = numberOf(index.value);
    if (at === null) return null;
    return at >= 1 && at <= length ? [at - 1] : outside(at);
  }
  const first = index.first ? numberOf(index.first) : 1;
  const last = index.last ? numberOf(index.last) : length;
  if (first === null || last === null) return null;
  if (first < 1 || first > length) return outside(first);
  if (last > length) return outside(last);
  if (last < first) return new ShapeError(`${words}: ${first}..${last} ends before it begins`);
  return Array.from({ length: last - first + 1 }, (_, i) => first - 1 + i);
}
