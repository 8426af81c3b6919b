/** How well the linear systems of the columns were solved. */
import type { Executable } from '../kernel';

/** A column this much smaller than the largest is zero but for rounding, and its own relative residual says nothing. */
const NEGLIGIBLE = 1e-6;

export class ColumnResidual {
  /** Of stationarity, and of the other equations. */
  private readonly equations;

  constructor(executable: Executable) {
    this.equations = ['dual', 'primal'].map((kind) => ({
      residual: executable.buffer(`kkt.${kind}Residual`),
      scale: executable.buffer(`kkt.${kind}Scale`),
      /** Residual and scale of each column, one after the other. */
      columns: [] as number[],
    }));
  }

  /** Forget the columns of before. */
  begin(): this {
    for (const { columns } of this.equations) columns.length = 0;
    return this;
  }

  /** Note the residuals of the column just solved. */
  take(): void {
    for (const { residual, scale, columns } of this.equations) columns.push(residual[0], scale[0]);
  }

  /** The largest relative residual of a column. */
  largest(): number {
    return Math.max(...this.equations.map(({ columns }) => largestRelative(columns)));
  }
}

/** Of the residuals of columns, each followed by its scale. */
export function largestRelative(columns: ArrayLike<number>): number {
  let whole = Number.MIN_VALUE;
  for (let i = 1; i < columns.length; i += 2) whole = Math.max(whole, columns[i]);
  let largest = 0;
  for (let i = 0; i < columns.length; i += 2)
    largest = Math.max(largest, columns[i] / Math.max(columns[i + 1], whole * NEGLIGIBLE));
  return largest;
}
