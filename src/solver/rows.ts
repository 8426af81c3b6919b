/** Products of the row Jacobian C of a stage, sparse and folded as the constraints are. */
import type { Buffer, Indexish, Program, Real } from '../kernel';
import { rowTimes } from './sides';
import type { SegmentPlace } from './workspace';

/** C_z times a vector at stage k, by row. */
export function rowProducts(program: Program, place: SegmentPlace, k: Indexish, vector: Buffer): Real[] {
  return place.segment.rows.map((_, row) => program.let(rowTimes(place, k, row, (column) => vector.at(k, column))));
}

/** vector_k += C' values. */
export function addRows(place: SegmentPlace, k: Indexish, vector: Buffer, values: readonly Real[]): void {
  for (const { row, column, at } of place.jacobian) vector.at(k, column).add(values[row].times(at(k)));
}

/** hessian_k += C' diag(weights) C, lower triangle. */
export function addWeighted(
  program: Program,
  place: SegmentPlace,
  k: Indexish,
  hessian: Buffer,
  weights: readonly Real[],
): void {
  for (const a of place.jacobian) {
    const weighted = program.let(weights[a.row].times(a.at(k)));
    for (const b of place.jacobian)
      if (b.row === a.row && b.column <= a.column) hessian.at(k, a.column, b.column).add(weighted.times(b.at(k)));
  }
}
