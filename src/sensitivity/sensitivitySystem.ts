/** The linear system of the sensitivities at the point in the kernel's memory: factorised once, then solved as needed. */
import type { Executable } from '../kernel';
import { type Solver, scalars, sideName, type Workspace } from '../solver';
import { alongNames } from './along';
import { ColumnResidual } from './columnResidual';
import { columnCollector } from './columns';
import { findUndecided } from './complementarity';
import { columnNames, names } from './forward';
import { writeSeed } from './seeding';
import type {
  AdjointSensitivities,
  Feedback,
  Seed,
  Sensitivities,
  SensitivityOptions,
  Trust,
  ValueDerivatives,
} from './sensitivities';

const NOT_A_MINIMUM =
  'The reduced Hessian is not positive definite: this is no strict minimum, and the solution need not follow the parameters.';

export class SensitivitySystem {
  readonly columns: readonly string[];
  private readonly kernel: Executable;
  private readonly workspace: Workspace;
  private factorised = false;
  private differentiated = false;
  /** Why there are no derivatives, once that is known. */
  private reason: string | null = null;
  /** At a barrier value that was asked for the solution has no kinks. */
  private smooth = false;

  constructor(readonly solver: Solver) {
    this.workspace = solver.workspace;
    this.kernel = solver.executable;
    this.columns = columnNames(solver.workspace);
  }

  /** The point has changed. */
  renew(smooth: boolean): void {
    this.smooth = smooth;
    this.factorised = false;
    this.differentiated = false;
    this.reason = null;
  }

  forward({ columns: wanted = [...this.columns.keys()] }: SensitivityOptions = {}): Sensitivities {
    const { nx, nz, N, stages } = this.workspace;
    const nc = stages.problem.controls.length;
    const columns = columnCollector(this.kernel, wanted.length);
    const dx = columns.matrix('d.point', nz, N + 1, 0, nx);
    const du = columns.matrix('d.point', nz, N, nx, nx + nc);
    const dalgebraics = columns.matrix('d.point', nz, N, nx + nc, nz);
    const dcostates = columns.matrix('d.costate', nx, N + 1, 0, nx);
    const dobjective = columns.matrix(names.objective, 1, 1, 0, 1);
    const dconstraints = this.solver.constraints.map(({ name, stages, parts }) => ({
      name,
      stages,
      ...Object.fromEntries(parts.map(({ kind, source, numbers }) => [kind, columns.entries(`d.${source}`, numbers)])),
    }));
    const residual = this.eachColumn(wanted, (place) => columns.take(place));
    const derivatives = { dx, du, dalgebraics, dcostates, dobjective, dconstraints };
    return { columns: wanted.map((j) => this.columns[j]), ...derivatives, ...this.trust(residual) };
  }

  /** Solve for one column after the other, each the direction in memory while `body` runs; returns the residual. */
  eachColumn(wanted: readonly number[], body: (place: number, column: number) => void): number {
    this.differentiate();
    const residual = new ColumnResidual(this.kernel);
    wanted.forEach((column, place) => {
      this.kernel.run(names.column(column));
      residual.take();
      body(place, column);
    });
    return residual.largest();
  }

  adjoint(seed: Seed): AdjointSensitivities {
    this.factorise();
    const { workspace: w, kernel } = this;
    writeSeed(w, kernel, this.solver.constraints, kernel.buffer(scalars.mu)[0], seed);
    kernel.run('kkt.solve');
    const residual = new ColumnResidual(kernel);
    residual.take();
    const weight = seed.objective ?? 0;
    kernel.buffer(alongNames.weight)[0] = weight;
    kernel.run(alongNames.atRest);
    const gradient = new Float64Array(this.columns.length);
    this.readAlong(gradient, 0, weight);
    return { columns: this.columns, gradient, ...this.trust(residual.largest()) };
  }

  value(): ValueDerivatives {
    const { kernel, columns } = this;
    const np = this.workspace.stages.parameters.length;
    const size = columns.length;
    const rows = new Float64Array(size * size);
    const change = kernel.buffer(alongNames.change);
    kernel.buffer(alongNames.weight)[0] = 0;
    const residual = this.eachColumn([...columns.keys()], (j) => {
      change.fill(0);
      if (j < np) change[j] = 1;
      kernel.run(alongNames.moving);
      this.readAlong(rows, j * size, 0);
    });
    kernel.run(alongNames.curve);
    const curvature = kernel.buffer(alongNames.curvature);
    const curved = (i: number, j: number): number => (i < np && j < np ? (curvature[i * np + j] ?? 0) : 0);
    const hessian = rows.map((value, n) => {
      const [i, j] = [Math.floor(n / size), n % size];
      return (value + rows[j * size + i]) / 2 + curved(i, j);
    });
    const gradient = new Float64Array(size);
    gradient.set(kernel.buffer(names.gradient));
    this.workspace.fixed.forEach((i, place) => {
      gradient[np + place] = kernel.buffer('costate')[i];
    });
    return { columns, gradient, hessian, ...this.trust(residual) };
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

  /** The derivatives along the direction by the parameters, then by the fixed initial states. */
  private readAlong(target: Float64Array, offset: number, weight: number): void {
    const { kernel, workspace: w } = this;
    const gradient = kernel.buffer(alongNames.gradient);
    target.set(gradient, offset);
    const [costate, change] = [kernel.buffer('costate'), kernel.buffer('d.costate')];
    w.fixed.forEach((i, place) => {
      target[offset + gradient.length + place] = change[i] + weight * costate[i];
    });
  }

  /** The verdict on what was computed with this residual. */
  trust(residual: number): Trust {
    this.reason ??= this.kernel.buffer('riccati.definite')[0] === 1 ? this.kink() : NOT_A_MINIMUM;
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

  /** Names a side at which the active set is about to change, so that the derivative has two values; else empty. */
  private kink(): string {
    const { kernel } = this;
    const undecided = findUndecided(kernel.buffer('t'), kernel.buffer('zeta'), this.smooth, (side) => {
      kernel.run(names.tighten, side);
      return kernel.buffer('d.t')[side];
    });
    return undecided === null
      ? ''
      : `Strict complementarity fails: ${sideName(this.workspace, undecided)} is just about to become active, and the derivatives on either side of this point differ.`;
  }
}
