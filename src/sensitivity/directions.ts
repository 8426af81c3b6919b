/**
 * Which parameters matter: the singular value decomposition of the scaled sensitivity matrix S = [dx; du]. A right
 * singular vector is a combination of parameters, its singular value says how much the trajectories answer to it;
 * combinations with values near zero no data could tell apart (Golub & Van Loan 2013, section 2.4).
 */
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import type { Trajectory } from '../solver';
import type { Sensitivities } from './sensitivities';

/**
 * `absolute`: per unit. `relative`: per cent of a quantity's largest value per cent of the parameter, where neither is
 * zero. `range`: per range of the parameter, in shares of a quantity's largest value.
 */
export type Scaling = 'absolute' | 'relative' | 'range';

export interface ScaleData {
  readonly scaling: Scaling;
  /** Present values of the columns' quantities, [columns]; for `relative`. */
  readonly values: ArrayLike<number>;
  /** Widths of their ranges, [columns]; for `range`. */
  readonly ranges: ArrayLike<number>;
  /** For the sizes of the quantities. */
  readonly trajectory: Trajectory;
}

export interface Directions {
  readonly columns: readonly string[];
  /** From the largest to the smallest. */
  readonly singularValues: readonly number[];
  /** Right singular vectors in the same order, of unit length, [columns] each: shares of the scaled columns. */
  readonly vectors: readonly (readonly number[])[];
}

export function directions({ columns, dx, du }: Sensitivities, scale: ScaleData): Directions {
  const count = columns.length;
  if (count === 0) return { columns, singularValues: [], vectors: [] };
  const rows = [
    ...scaledRows(dx, scale.trajectory.x, count, scale),
    ...scaledRows(du, scale.trajectory.u, count, scale),
  ];
  // With rows of zeros, so that there is a singular vector for every column.
  while (rows.length < count) rows.push(new Array<number>(count).fill(0));
  const { diagonal, rightSingularVectors } = new SingularValueDecomposition(new Matrix(rows), { autoTranspose: true });
  const order = diagonal.map((_, i) => i).sort((a, b) => diagonal[b] - diagonal[a]);
  return {
    columns,
    singularValues: order.map((i) => diagonal[i]),
    vectors: order.map((i) => rightSingularVectors.getColumn(i)),
  };
}

/** Each quantity counts in units of its own largest value over the horizon, but for the absolute scaling. */
function scaledRows(d: Float64Array, values: Float64Array, count: number, scale: ScaleData): number[][] {
  const length = values.length;
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const factor = (j: number): number =>
    scale.scaling === 'absolute' ? 1 : (scale.scaling === 'relative' ? scale.values[j] : scale.ranges[j]) / size;
  return Array.from({ length }, (_, i) => Array.from({ length: count }, (_, j) => d[i * count + j] * factor(j)));
}
