/** One compiled problem: text's worth of kernels in one WebAssembly instance, its solves and their derivatives. */
import { type Executable, instantiate, type Module } from '../kernel';
import { elastic, NoSquaresError, type Problem } from '../problem';
import {
  compileSolver,
  type Inputs,
  type MethodOptions,
  methodOf,
  type Settings,
  type Solution,
  type Solver,
  type Start,
  settingsOf,
} from '../solver';
import { activeKkt } from './activeKkt';
import { sideTable } from './activeSet';
import { compileSystem } from './compile';
import { estimateCondition } from './condition';
import { names } from './forward';
import { type Optimality, optimality } from './optimality';
import { activeSetRanges } from './ranges';
import type {
  AdjointSensitivities,
  Feedback,
  GaussNewtonSensitivities,
  Seed,
  Sensitivities,
  SensitivityOptions,
  ValueDerivatives,
} from './sensitivities';
import { SensitivitySystem } from './sensitivitySystem';
import type { ActiveSetRange, Validity } from './validity';

export class DifferentiableSolver {
  /** Has the exact Hessian and the sensitivities; solves too, where the method is the interior point. */
  private readonly solver: Solver;
  private readonly exact: SensitivitySystem;
  /** Solves, where that is another method. */
  private readonly other: Solver | null;
  /** The same point with the Gauss-Newton Hessian, made when it is first asked for. */
  private gaussNewton: SensitivitySystem | null = null;
  private last: { readonly inputs: Inputs; readonly smooth: boolean } | null = null;

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
    private readonly backend: (module: Module) => Executable,
  ) {
    const makeElastic = (): Solver => compileSolver(elastic(problem), undefined, backend);
    this.solver = compileSystem(problem, 'exact', backend, makeElastic);
    this.exact = new SensitivitySystem(this.solver);
    this.other = method.method === 'interior-point' ? null : compileSolver(problem, method, backend, makeElastic);
  }

  solve(inputs: Inputs, settings: Partial<Settings> = {}, start: Start = {}): Solution {
    const chosen = { ...settingsOf(this.problem), ...settings };
    const smooth = (chosen.tau ?? null) !== null;
    this.last = { inputs: { parameters: inputs.parameters.slice(), initial: inputs.initial.slice() }, smooth };
    this.exact.renew(smooth);
    markExpressed(this.solver, inputs);
    if (!this.other) return this.solver.solve(inputs, chosen, start);
    // A real-time iteration is one step, whatever it leads to; a warm one goes on with the multipliers of the last.
    const realTime = this.method.method === 'rti';
    const solution = realTime
      ? this.other.solve(inputs, { ...chosen, maxIterations: 1 }, { ...start, once: true })
      : this.other.solve(inputs, chosen, start);
    // Whatever Hessian found the point, its derivatives are taken with the exact one.
    this.solver.adopt(this.other, inputs);
    return solution;
  }

  /** At the point where the last solve ended, relinearised there with the exact Hessian, however it was found. */
  sensitivities(options: SensitivityOptions = {}): Sensitivities {
    return this.exact.forward(options);
  }

  /** The same with the Gauss-Newton Hessian. The first call compiles. */
  gaussNewtonSensitivities(options: SensitivityOptions = {}): GaussNewtonSensitivities {
    try {
      this.gaussNewton ??= new SensitivitySystem(compileSystem(this.problem, 'gauss-newton', this.backend));
    } catch (error) {
      if (!(error instanceof NoSquaresError)) throw error;
      return { ok: false, message: error.message, terms: error.terms };
    }
    const { inputs, smooth } = this.atLast();
    this.gaussNewton.renew(smooth);
    markExpressed(this.gaussNewton.solver, inputs);
    this.gaussNewton.solver.adopt(this.solver, inputs);
    return { ok: true, sensitivities: this.gaussNewton.forward(options) };
  }

  /** The gradient of a linear function of the solution: one linear system, whatever the number of columns. */
  adjoint(seed: Seed): AdjointSensitivities {
    return this.exact.adjoint(seed);
  }

  /** Gradient and Hessian of the optimal value, through the sensitivities of the solution. */
  valueDerivatives(): ValueDerivatives {
    return this.exact.value();
  }

  /** The local feedback law at the first stage. */
  feedback(): Feedback {
    return this.exact.feedback();
  }

  /** Of the point where the last solve ended; dense linear algebra, cubic in the number of variables. */
  optimality(): Optimality {
    return optimality(this.solver.workspace, this.solver.executable);
  }

  /** How far each parameter may move, either way, before the active set changes. */
  ranges(): ActiveSetRange[] {
    return activeSetRanges(this.exact, sideTable(this.solver.workspace));
  }

  /** All that says how far the derivatives can be trusted; dense linear algebra as in `optimality`. */
  validity(): Validity {
    const { workspace, executable } = this.solver;
    const report = this.optimality();
    const ranges = this.ranges();
    const residual = this.exact.eachColumn([...this.exact.columns.keys()], () => {});
    const condition = estimateCondition(executable, activeKkt(workspace, executable));
    return { ...report, ...this.exact.trust(residual), condition, ranges };
  }

  private atLast(): { readonly inputs: Inputs; readonly smooth: boolean } {
    if (!this.last) throw new Error('nothing has been solved yet');
    return this.last;
  }
}

/** Note which initial values are the text's expressions in parameters. */
function markExpressed({ executable }: Solver, { initial }: Inputs): void {
  const expressed = executable.buffer(names.expressed);
  for (const [i, value] of initial.entries()) expressed[i] = Number.isNaN(value) ? 1 : 0;
}
