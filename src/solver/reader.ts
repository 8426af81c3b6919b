/** Where a solve stands, and its solution, read out of the kernel's memory. */
import { type ConstraintPlaces, constraintPlaces } from './constraintLayout';
import * as method from './methodState';
import type { Status } from './settings';
import type { ConstraintMultipliers, Iteration, Solution, Trajectory } from './solution';
import { messageFor } from './status';
import type { Workspace } from './workspace';

/** Where the parts of a solution are in the buffers of a solver: plain data, that may go to another thread. */
export interface SolutionLayout {
  readonly nx: number;
  /** Controls without the algebraic variables that follow them among the nz of a stage. */
  readonly controls: number;
  readonly nz: number;
  readonly N: number;
  readonly constraints: readonly ConstraintPlaces[];
}

export function solutionLayout(w: Workspace): SolutionLayout {
  const { nx, nz, N } = w;
  return { nx, nz, N, controls: w.stages.problem.controls.length, constraints: constraintPlaces(w) };
}

export class SolutionReader {
  /** `numbers`: the present content of a buffer; a copy will do. */
  constructor(
    private readonly layout: SolutionLayout,
    private readonly numbers: (buffer: string) => Float64Array,
  ) {}

  /** Null while the solve goes on. */
  status(): Status | null {
    switch (this.get(method.scalars.state)) {
      case method.RUNNING:
        return null;
      case method.CONVERGED:
        return 'converged';
      case method.NOT_A_NUMBER:
        return 'not-a-number';
      case method.DIVERGING:
        return 'diverging';
      default:
        return 'step-too-small';
    }
  }

  iteration(): Iteration {
    return {
      objective: this.get(method.scalars.objective),
      primalInfeasibility: this.get(method.scalars.primal),
      dualInfeasibility: this.get(method.scalars.dual),
      complementarity: this.get(method.scalars.complementarity),
      barrier: this.get(method.scalars.mu),
      stepPrimal: this.get(method.scalars.primalStep),
      stepDual: this.get(method.scalars.dualStep),
      regularisation: this.get(method.scalars.regularisation),
      trials: this.get(method.scalars.trials),
    };
  }

  /** x and u of the iterate. */
  trajectory(): Trajectory {
    const { nx, controls, nz, N } = this.layout;
    const point = this.numbers('point');
    return { x: columnsOf(point, nz, N + 1, 0, nx), u: columnsOf(point, nz, N, nx, nx + controls) };
  }

  /** `history`: the iterations from the start on, where they were noted. */
  solution(
    status: Status,
    iterations: number,
    history: readonly Iteration[] = [],
    iterates: readonly Trajectory[] = [],
  ): Solution {
    const { nx, controls, nz, N } = this.layout;
    return {
      status,
      message: messageFor(status),
      iterations,
      objective: this.get(method.scalars.objective),
      tau: this.get(method.scalars.mu),
      t: this.numbers('times').slice(),
      ...this.trajectory(),
      algebraics: columnsOf(this.numbers('point'), nz, N, nx + controls, nz),
      costates: this.numbers('costate').slice(),
      constraints: this.constraintMultipliers(),
      history,
      iterates,
      kkt: {
        stationarity: this.get(method.scalars.dual),
        feasibility: this.get(method.scalars.primal),
        complementarity: this.get(method.scalars.complementarity),
      },
    };
  }

  private constraintMultipliers(): ConstraintMultipliers[] {
    const sources = new Map<string, Float64Array>();
    return this.layout.constraints.map(({ name, stages, parts }) => {
      const found: Writable<ConstraintMultipliers> = { name, stages };
      for (const { kind, source, numbers } of parts) {
        const buffer = sources.get(source) ?? this.numbers(source);
        sources.set(source, buffer);
        found[kind] = valuesAt(buffer, numbers);
      }
      return found;
    });
  }

  private get(name: string): number {
    return this.numbers(name)[0];
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function valuesAt(buffer: Float64Array, places: Int32Array): number[] {
  const values = new Array<number>(places.length);
  for (let i = 0; i < places.length; i++) values[i] = buffer[places[i]];
  return values;
}

/** Columns from..to-1 of the first `rows` rows of a row-major matrix. */
function columnsOf(matrix: Float64Array, width: number, rows: number, from: number, to: number): Float64Array {
  const taken = new Float64Array(rows * (to - from));
  let i = 0;
  // Element by element: rows are short, and a view of each takes longer than its numbers.
  for (let k = 0; k < rows; k++) for (let j = from; j < to; j++) taken[i++] = matrix[k * width + j];
  return taken;
}
