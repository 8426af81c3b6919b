/** The linear system of the sensitivities at the point in the kernel's memory: factorised once, then solved as needed. */
import type { Executable } from '../kernel';
import { type Iterate, type Solver, sideName, type Workspace } from '../solver';
import { ColumnResidual } from './columnResidual';
import { Entries } from './columns';
import { findUndecided } from './complementarity';
import { findDependence } from './dependence';
import { columnNames, names } from './forward';
import type { Feedback, Sensitivities, SensitivityOptions, Trust } from './sensitivities';

const NOT_A_MINIMUM =
  'The reduced Hessian is not positive definite: this is no strict minimum, and the solution need not follow the parameters.';

/** Slacks, violations and their multipliers. */
const POSITIVE = ['t', 'zeta', 'e', 'v'];

export class SensitivitySystem {
  readonly columns: readonly string[];
  protected readonly kernel: Executable;
  protected readonly workspace: Workspace;
  private factorised = false;
  private differentiated = false;
  /** Why there are no derivatives, once that is known. */
  private reason: string | null = null;
  /** At a barrier value that was asked for the solution has no kinks. */
  private smooth = false;
  protected readonly residual: ColumnResidual;
  private readonly results: ReturnType<typeof resultsOf>;

  constructor(readonly solver: Solver) {
    this.workspace = solver.workspace;
    this.kernel = solver.executable;
    this.columns = columnNames(solver.workspace);
    this.residual = new ColumnResidual(this.kernel);
    this.results = resultsOf(solver);
  }

  /** The point has changed. */
  renew(smooth: boolean): void {
    this.smooth = smooth;
    this.factorised = false;
    this.differentiated = false;
    this.reason = null;
  }

  forward({ columns: wanted = [...this.columns.keys()] }: SensitivityOptions = {}): Sensitivities {
    const taken: (readonly [Entries, Float64Array])[] = [];
    const room = (entries: Entries): Float64Array => {
      const target = entries.room(wanted.length);
      taken.push([entries, target]);
      return target;
    };
    const { x, u, algebraics, costates, objective, constraints } = this.results;
    const derivatives = {
      dx: room(x),
      du: room(u),
      dalgebraics: room(algebraics),
      dcostates: room(costates),
      dobjective: room(objective),
      dconstraints: constraints.map(({ name, stages, parts }) => ({
        name,
        stages,
        ...Object.fromEntries(parts.map(([kind, entries]) => [kind, room(entries)])),
      })),
    };
    const residual = this.eachColumn(wanted, (place) => {
      for (const [entries, target] of taken) entries.take(target, wanted.length, place);
    });
    return { columns: wanted.map((j) => this.columns[j]), ...derivatives, ...this.trust(residual) };
  }

  /** Solve for one column after the other, each the direction in memory while `body` runs; returns the residual. */
  eachColumn(wanted: readonly number[], body: (place: number, column: number) => void): number {
    this.differentiate();
    const residual = this.residual.begin();
    wanted.forEach((column, place) => {
      this.kernel.run(names.column(column));
      residual.take();
      body(place, column);
    });
    return residual.largest();
  }

  /** Whether the derivatives at the point in memory are there already, for nothing but their columns' solves. */
  get ready(): boolean {
    return this.differentiated;
  }

  /** Where the unknowns go, to first order, by these changes of the columns' quantities, as far as signs allow. */
  moved(change: ReadonlyMap<number, number>): Iterate {
    const iterate = this.solver.iterateNow();
    for (const [column, amount] of change) {
      this.kernel.run(names.column(column));
      for (const [name, values] of iterate) {
        const direction = this.kernel.buffer(`d.${name}`);
        for (let i = 0; i < values.length; i++) values[i] += amount * direction[i];
      }
    }
    for (const name of POSITIVE) {
      const values = iterate.get(name) as Float64Array;
      for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i]);
    }
    return iterate;
  }

  feedback(): Feedback {
    const { problem } = this.workspace.stages;
    const { fixed } = this.workspace;
    const count = fixed.length;
    const wanted = fixed.map((_, place) => problem.parameters.length + place);
    const { du, valid, reason, residual } = this.forward({ columns: wanted });
    return {
      controls: problem.controls.map(({ name }) => name),
      states: fixed.map((i) => problem.states[i].name),
      gain: du.slice(0, problem.controls.length * count),
      valid,
      reason,
      residual,
    };
  }

  /** The verdict on what was computed with this residual. */
  trust(residual: number): Trust {
    this.reason ??= this.kernel.buffer('riccati.definite')[0] === 1 ? this.irregularity() : NOT_A_MINIMUM;
    return { valid: this.reason === '', reason: this.reason, residual };
  }

  factorise(): void {
    if (!this.factorised) this.kernel.run(names.prepare);
    this.factorised = true;
  }

  private differentiate(): void {
    this.factorise();
    if (!this.differentiated) this.kernel.run(names.differentiate);
    this.differentiated = true;
  }

  /** Smoothed solutions have none: the barrier decides where constraints do not. */
  private irregularity(): string {
    if (this.smooth) return '';
    return findDependence(this.workspace, this.kernel) ?? this.kink();
  }

  /** Names a side at which the active set is about to change, so that the derivative has two values; else empty. */
  private kink(): string {
    const { kernel } = this;
    const undecided = findUndecided(kernel.buffer('t'), kernel.buffer('zeta'), (side) => {
      kernel.run(names.tighten, side);
      return kernel.buffer('d.t')[side];
    });
    return undecided === null
      ? ''
      : `Strict complementarity fails: ${sideName(this.workspace, undecided)} is just about to become active, and the derivatives on either side of this point differ.`;
  }
}

/** Where a column's derivatives of each part of a solution are. */
function resultsOf({ workspace: { nx, nz, N, stages }, executable, constraints }: Solver) {
  const nc = stages.problem.controls.length;
  const matrix = (buffer: string, width: number, rows: number, from: number, to: number): Entries =>
    Entries.ofMatrix(executable, buffer, width, rows, from, to);
  return {
    x: matrix('d.point', nz, N + 1, 0, nx),
    u: matrix('d.point', nz, N, nx, nx + nc),
    algebraics: matrix('d.point', nz, N, nx + nc, nz),
    costates: matrix('d.costate', nx, N + 1, 0, nx),
    objective: matrix(names.objective, 1, 1, 0, 1),
    constraints: constraints.map(({ name, stages, parts }) => ({
      name,
      stages,
      parts: parts.map(({ kind, source, numbers }) => [kind, new Entries(executable, `d.${source}`, numbers)] as const),
    })),
  };
}
