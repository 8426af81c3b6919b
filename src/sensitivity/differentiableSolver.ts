/** One compiled problem: text's worth of kernels in one WebAssembly instance, its solves and their derivatives. */
import type { Executable, Module } from '../kernel';
import { instantiate } from '../kernel';
import { elastic, type Problem } from '../problem';
import {
  compileSolver,
  defineSolver,
  type Inputs,
  type MethodOptions,
  methodOf,
  type Settings,
  type Solution,
  Solver,
  type Start,
  settingsOf,
  sideName,
} from '../solver';
import { ColumnResidual } from './columnResidual';
import { columnCollector } from './columns';
import { findUndecided } from './complementarity';
import { defineForward, names } from './forward';
import { type Optimality, optimality } from './optimality';
import type { Sensitivities } from './sensitivities';

const NOT_A_MINIMUM =
  'The reduced Hessian is not positive definite: this is no strict minimum, and the solution need not follow the parameters.';

export class DifferentiableSolver {
  /** Has the exact Hessian and the sensitivities; solves too, where the method is the interior point. */
  private readonly solver: Solver;
  /** Solves, where that is another method. */
  private readonly other: Solver | null;
  private readonly columns: readonly string[];
  private lastTau: number | null = null;

  /**
   * Not re-entrant: one solve at a time. What `options` leaves open is as the problem's text says, else the default.
   * Throws GraphLimitError where the derivatives outgrow the graph, NoSquaresError where the cost has no Gauss-Newton
   * Hessian and that is asked for.
   */
  static compile(
    problem: Problem,
    options: Partial<MethodOptions> = {},
    backend: (module: Module) => Executable = instantiate,
  ): DifferentiableSolver {
    return new DifferentiableSolver(problem, methodOf(problem, options), backend);
  }

  private constructor(
    readonly problem: Problem,
    readonly method: MethodOptions,
    backend: (module: Module) => Executable,
  ) {
    const kernels = defineSolver(problem);
    this.columns = defineForward(kernels).columns;
    const { workspace } = kernels;
    workspace.invariants.define(workspace.parameters);
    const makeElastic = (): Solver => compileSolver(elastic(problem), undefined, backend);
    this.solver = new Solver(workspace, workspace.program.module(), backend, makeElastic);
    this.other = method.method === 'interior-point' ? null : compileSolver(problem, method, backend, makeElastic);
  }

  solve(inputs: Inputs, settings: Partial<Settings> = {}, start: Start = {}): Solution {
    const expressed = this.solver.executable.buffer(names.expressed);
    for (const [i, value] of inputs.initial.entries()) expressed[i] = Number.isNaN(value) ? 1 : 0;
    const chosen = { ...settingsOf(this.problem), ...settings };
    this.lastTau = chosen.tau ?? null;
    if (!this.other) return this.solver.solve(inputs, chosen, start);
    const limit = this.method.method === 'rti' ? { maxIterations: 1 } : {};
    const solution = this.other.solve(inputs, { ...chosen, ...limit }, start);
    // Whatever Hessian found the point, its derivatives are taken with the exact one.
    this.solver.adopt(this.other, inputs);
    return solution;
  }

  /** At the point where the last solve ended, with the exact Hessian. */
  sensitivities(): Sensitivities {
    const { executable, workspace, constraints } = this.solver;
    const { nx, nz, N } = workspace;
    const nc = this.problem.controls.length;
    const count = this.columns.length;
    const columns = columnCollector(executable, count);
    const dx = columns.matrix('d.point', nz, N + 1, 0, nx);
    const du = columns.matrix('d.point', nz, N, nx, nx + nc);
    const dalgebraics = columns.matrix('d.point', nz, N, nx + nc, nz);
    const dcostates = columns.matrix('d.costate', nx, N + 1, 0, nx);
    const dobjective = columns.matrix(names.objective, 1, 1, 0, 1);
    const dconstraints = constraints.map(({ name, stages, parts }) => ({
      name,
      stages,
      ...Object.fromEntries(parts.map(({ kind, source, numbers }) => [kind, columns.entries(`d.${source}`, numbers)])),
    }));

    executable.run(names.prepare);
    const definite = executable.buffer('riccati.definite')[0] === 1;
    const residual = new ColumnResidual(executable);
    for (let j = 0; j < count; j++) {
      executable.run(names.column(j));
      columns.take(j);
      residual.take();
    }
    const reason = definite ? this.kink() : NOT_A_MINIMUM;
    const valid = reason === '';
    const derivatives = { dx, du, dalgebraics, dcostates, dobjective, dconstraints };
    return { columns: this.columns, ...derivatives, valid, reason, residual: residual.largest() };
  }

  /** Of the point where the last solve ended; dense linear algebra, cubic in the number of variables. */
  optimality(): Optimality {
    return optimality(this.solver.workspace, this.solver.executable);
  }

  /** Names a side at which the active set is about to change, so that the derivative has two values; else empty. */
  private kink(): string {
    const { executable, workspace } = this.solver;
    const t = executable.buffer('t');
    const zeta = executable.buffer('zeta');
    const undecided = findUndecided(t, zeta, this.smooth, (side) => {
      executable.run(names.tighten, side);
      return executable.buffer('d.t')[side];
    });
    return undecided === null
      ? ''
      : `Strict complementarity fails: ${sideName(workspace, undecided)} is just about to become active, and the derivatives on either side of this point differ.`;
  }

  /** Whether the last solve ended at a barrier value that was asked for: then the solution has no kinks. */
  private get smooth(): boolean {
    return this.lastTau !== null;
  }
}
