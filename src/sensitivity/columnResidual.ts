/** How well the linear systems of the columns were solved. */
import type { Executable } from '../kernel';

/** A column this much smaller than the largest is zero but for rounding, and its own relative residual says nothing. */
const NEGLIGIBLE = 1e-6;

export class ColumnResidual {
  private readonly columns: { residual: number; scale: number }[][] = [[], []];

  constructor(private readonly executable: Executable) {}

  /** Note the residuals of stationarity and of the other equations of the column just solved. */
  take(): void {
    for (const [i, kind] of ['dual', 'primal'].entries()) {
      const residual = this.executable.buffer(`kkt.${kind}Residual`)[0];
      const scale = this.executable.buffer(`kkt.${kind}Scale`)[0];
      this.columns[i].push({ residual, scale });
    }
  }

  /** The largest relative residual of a column. */
  largest(): number {
    return Math.max(
      0,
      ...this.columns.map((column) => {
        const whole = Math.max(...column.map(({ scale }) => scale), Number.MIN_VALUE);
        return Math.max(0, ...column.map(({ residual, scale }) => residual / Math.max(scale, whole * NEGLIGIBLE)));
      }),
    );
  }
}
