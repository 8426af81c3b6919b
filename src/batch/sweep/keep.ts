/** What of each solution goes into which column. */
import type { Sensitivities } from '../../sensitivity';
import type { Solution } from '../../solver';
import { describeActiveSet } from './activeSet';
import { type Column, LabelColumn, RealColumn } from './column';
import { isLabel, type Label, type Quantity, type Real } from './quantity';

export interface Keep {
  readonly quantities: readonly Quantity[];
  /** The derivatives of every `of` with respect to every `by`, a parameter or `x0.STATE`; null: none. */
  readonly sensitivities: { readonly of: readonly Real[]; readonly by: readonly string[] } | null;
}

/** How many numbers a stage has of each family; a problem says it, and so do bare lengths. */
export type Widths = { readonly [family in 'states' | 'controls' | 'algebraics']: { readonly length: number } };

export const derivativeName = (of: string, by: string): string => `d ${of} / d ${by}`;

/** Columns for `count` instances, and how to fill a row of them. */
export class Recorder {
  private readonly labels: readonly (readonly [Label, LabelColumn])[];
  private readonly reals: readonly (readonly [Real, RealColumn])[];
  private readonly derivatives: readonly (readonly [Real, readonly RealColumn[]])[];

  constructor(
    readonly keep: Keep,
    private readonly problem: Widths,
    count: number,
  ) {
    const { quantities, sensitivities } = keep;
    this.labels = quantities.filter(isLabel).map((label) => [label, new LabelColumn(label.name, count)]);
    const reals = quantities.filter((quantity): quantity is Real => !isLabel(quantity));
    const { of: differentiated = [], by: variables = [] } = sensitivities ?? {};
    // All numbers in one piece of memory: it moves from thread to thread as one, however many columns there are.
    const block = new Float64Array((reals.length + differentiated.length * variables.length) * count);
    let used = 0;
    const column = (name: string): RealColumn => {
      const values = block.subarray(used, used + count);
      used += count;
      return new RealColumn(name, count, values);
    };
    this.reals = reals.map((real) => [real, column(real.name)]);
    this.derivatives = differentiated.map((of) => [of, variables.map((by) => column(derivativeName(of.name, by)))]);
  }

  /** In the order in which they were asked for, derivatives last. */
  get columns(): Column[] {
    const own = new Map<Quantity, Column>([...this.labels, ...this.reals]);
    const kept = this.keep.quantities.flatMap((quantity) => own.get(quantity) ?? []);
    return [...kept, ...this.derivatives.flatMap(([, columns]) => columns)];
  }

  /** `sensitivities`: with the columns `by`, where the solution has any. Without a solution, numbers stay not a number. */
  record(row: number, solution: Solution, sensitivities: Sensitivities | null): void {
    for (const [label, column] of this.labels) column.set(row, wordsFor(label, solution));
    for (const [real, column] of this.reals) column.values[row] = this.value(real, solution);
    if (sensitivities?.valid)
      for (const [real, columns] of this.derivatives)
        columns.forEach((column, j) => {
          column.values[row] = this.derivative(real, sensitivities, j, columns.length);
        });
  }

  /** Derivatives that come as bare numbers, [of][by]. */
  recordDerivatives(row: number, values: ArrayLike<number>): void {
    this.derivatives.forEach(([, columns], i) =>
      columns.forEach((column, j) => {
        column.values[row] = values[i * columns.length + j];
      }),
    );
  }

  private value(real: Real, { objective, iterations, kkt, x, u, algebraics }: Solution): number {
    const { states, controls, algebraics: implicit } = this.problem;
    switch (real.kind) {
      case 'objective':
        return objective;
      case 'iterations':
        return iterations;
      case 'kkt':
        return Math.max(kkt.stationarity, kkt.feasibility, kkt.complementarity);
      case 'state':
        return x[real.stage * states.length + real.index];
      case 'control':
        return u[real.stage * controls.length + real.index];
      case 'algebraic':
        return algebraics[real.stage * implicit.length + real.index];
    }
  }

  private derivative(real: Real, sensitivities: Sensitivities, column: number, columns: number): number {
    const { states, controls, algebraics } = this.problem;
    const { dobjective, dx, du, dalgebraics } = sensitivities;
    switch (real.kind) {
      case 'objective':
        return dobjective[column];
      case 'state':
        return dx[(real.stage * states.length + real.index) * columns + column];
      case 'control':
        return du[(real.stage * controls.length + real.index) * columns + column];
      case 'algebraic':
        return dalgebraics[(real.stage * algebraics.length + real.index) * columns + column];
      default:
        return Number.NaN;
    }
  }
}

function wordsFor({ kind }: Label, solution: Solution): string {
  switch (kind) {
    case 'status':
      return solution.status;
    case 'message':
      return solution.message;
    case 'active':
      return solution.status === 'converged' ? describeActiveSet(solution) : 'unknown';
  }
}
