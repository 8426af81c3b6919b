/** The loss over a plane, coarse at first: each square has the loss at its middle, until finer ones take its place. */
import type { Axis, Plane } from './experiment';

export interface Square {
  /** Its corner nearest the beginning of both axes, and its side, in cells. */
  readonly column: number;
  readonly row: number;
  readonly side: number;
  readonly loss: number;
}

const coarsest = 4;

/** `side`: cells a side, a multiple of four. */
export async function* landscape(axes: readonly [Axis, Axis], loss: Plane, side: number): AsyncGenerator<Square, void> {
  for (let square = coarsest; square >= 1; square /= 2) {
    const at = (axis: Axis, cell: number): number => along(axis, (cell + square / 2) / side);
    for (let row = 0; row < side; row += square)
      for (let column = 0; column < side; column += square)
        yield { column, row, side: square, loss: await loss(at(axes[0], column), at(axes[1], row)) };
  }
}

/** How many squares there are. */
export function squaresOf(side: number): number {
  let count = 0;
  for (let square = coarsest; square >= 1; square /= 2) count += (side / square) ** 2;
  return count;
}

/** The point of an axis at this share of its length. */
export function along({ from, to, log }: Axis, share: number): number {
  return log ? from * (to / from) ** share : from + share * (to - from);
}

/** The share of an axis's length at which a point is; beyond 0 and 1 outside of it. */
export function shareOf({ from, to, log }: Axis, value: number): number {
  return log ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
}
