/** One compiled problem: text's worth of kernels in one WebAssembly instance, its solves and their derivatives. */
import { type Executable, instantiate, type Module } from '../kernel';
import { elastic, NoSquaresError, type Problem } from '../problem';
import {
  compileSolver,
  type Inputs,
  type Iterate,
  type MethodOptions,
  methodOf,
  type Settings,
  type Solution,
  type Solver,
  type Start,
  settingsOf,
} from '../solver';
import { activeKkt } from './activeKkt';
import { type SideTable, sideTable } from './activeSet';
import { compileSystem } from './compile';
import { estimateCondition } from './condition';
import { LICQ_ADVICE } from './dependence';
import { names } from './forward';
import { type Optimality, optimality } from './optimality';
import { activeSetRanges } from './ranges';
import { SecondOrderSystem } from './secondOrderSystem';
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

/** Changes of more values than these are rare, and predicting them costs as much as the iterations it saves. */
const MOST_PREDICTED = 4;
/** Singular values of the active constraints' Jacobian below this are zero. */
const DEPENDENT = 1e-10;
const NOT_REGULAR = {
  valid: false,
  reason: `LICQ fails: the constraints that hold with equality depend on one another, ${LICQ_ADVICE}`,
};

export class DifferentiableSolver {
  /** Has the exact Hessian and the sensitivities; solves too, where the method is the interior point. */
  private solver: Solver;
  private exact: SensitivitySystem;
  /** Solves, where that is another method. */
  private readonly other: Solver | null;
  /** The same point with the Gauss-Newton Hessian, made when it is first asked for. */
  private gaussNewton: SensitivitySystem | null = null;
  private sides: SideTable | null = null;
  /** Of the last solve, once they are asked for. */
  private activeRanges: ActiveSetRange[] | null = null;
  private last: { readonly inputs: Inputs; readonly smooth: boolean } | null = null;
  private stated: Problem;

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
    /** What the kernels are made of. */
    private structure: Problem,
    readonly method: MethodOptions,
    private readonly backend: (module: Module) => Executable,
  ) {
    this.stated = structure;
    this.solver = this.compileExact(false);
    this.exact = new SensitivitySystem(this.solver);
    this.other =
      method.method === 'interior-point' ? null : compileSolver(structure, method, backend, this.makeElastic);
  }

  get problem(): Problem {
    return this.stated;
  }

  /**
   * Go on with another problem of the same structure (see structure.ts of the problems), which has these values for the
   * numbers that are inputs of the kernels.
   */
  restate(problem: Problem, numbers: Problem['numbers']): void {
    this.stated = problem;
    this.structure = {
      ...this.structure,
      numbers: this.structure.numbers.map(({ symbol }, i) => ({ symbol, value: numbers[i].value })),
    };
    for (const solver of [this.solver, this.other, this.gaussNewton?.solver]) solver?.restate(this.structure);
    this.last = null;
  }

  private readonly makeElastic = (): Solver => compileSolver(elastic(this.structure), undefined, this.backend);

  private compileExact(secondOrder: boolean): Solver {
    return compileSystem(this.structure, { hessian: 'exact', secondOrder }, this.backend, this.makeElastic);
  }

  /**
   * `start.warm` goes on from where the derivatives lead from the last solution, if its `sensitivities` have been asked
   * for; from that solution itself where it is nearer.
   */
  solve(inputs: Inputs, settings: Partial<Settings> = {}, start: Start = {}): Solution {
    const near = start.warm && !start.near && !start.shift && !this.other ? this.predicted(inputs) : null;
    const chosen = { ...settingsOf(this.problem), ...settings };
    const smooth = (chosen.tau ?? null) !== null;
    this.last = { inputs: { parameters: inputs.parameters.slice(), initial: inputs.initial.slice() }, smooth };
    this.exact.renew(smooth);
    this.activeRanges = null;
    markExpressed(this.solver, inputs);
    if (!this.other) return this.solver.solve(inputs, chosen, near ? { ...start, near } : start);
    // A real-time iteration is one step, whatever it leads to; a warm one goes on with the multipliers of the last.
    const realTime = this.method.method === 'rti';
    const solution = realTime
      ? this.other.solve(inputs, { ...chosen, maxIterations: 1 }, { ...start, once: true })
      : this.other.solve(inputs, chosen, start);
    // Whatever Hessian found the point, its derivatives are taken with the exact one.
    this.solver.adopt(this.other, inputs);
    return solution;
  }

  /** Null where that costs more than it saves: Newton's method without inequalities needs no help. */
  private predicted(inputs: Inputs): Iterate | null {
    if (!this.last || !this.solver.converged || !this.exact.ready || this.solver.workspace.sides === 0) return null;
    const change = new Map<number, number>();
    const before = this.last.inputs;
    const { fixed } = this.solver.workspace;
    for (const [j, value] of inputs.parameters.entries())
      if (value !== before.parameters[j]) change.set(j, value - before.parameters[j]);
    for (const [place, i] of fixed.entries()) {
      const by = inputs.initial[i] - before.initial[i];
      if (Number.isNaN(inputs.initial[i]) !== Number.isNaN(before.initial[i])) return null;
      if (by) change.set(inputs.parameters.length + place, by);
    }
    return change.size > 0 && change.size <= MOST_PREDICTED ? this.exact.moved(change) : null;
  }

  /** At the point where the last solve ended, relinearised there with the exact Hessian, however it was found. */
  sensitivities(options: SensitivityOptions = {}): Sensitivities {
    return this.exact.forward(options);
  }

  /** The same with the Gauss-Newton Hessian. The first call compiles. */
  gaussNewtonSensitivities(options: SensitivityOptions = {}): GaussNewtonSensitivities {
    try {
      this.gaussNewton ??= new SensitivitySystem(
        compileSystem(this.structure, { hessian: 'gauss-newton', secondOrder: false }, this.backend),
      );
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

  /**
   * The gradient of a linear function of the solution: one linear system, whatever the number of columns. The first call
   * compiles, as that of `valueDerivatives` does.
   */
  adjoint(seed: Seed): AdjointSensitivities {
    return this.secondOrder().adjoint(seed);
  }

  /** Gradient and Hessian of the optimal value, through the sensitivities of the solution. */
  valueDerivatives(): ValueDerivatives {
    return this.secondOrder().value();
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
    this.sides ??= sideTable(this.solver.workspace);
    this.activeRanges ??= activeSetRanges(this.exact, this.sides);
    return this.activeRanges;
  }

  /** All that says how far the derivatives can be trusted; dense linear algebra as in `optimality`. */
  validity(): Validity {
    const { workspace, executable } = this.solver;
    const report = this.optimality();
    const ranges = this.ranges();
    const residual = this.exact.eachColumn([...this.exact.columns.keys()], () => {});
    const condition = estimateCondition(executable, activeKkt(workspace, executable));
    const trust = this.exact.trust(residual);
    const dependent = trust.valid && !this.atLast().smooth && report.licq < DEPENDENT;
    return { ...report, ...trust, ...(dependent ? NOT_REGULAR : {}), condition, ranges };
  }

  /** The exact system with the kernels of second order, which from then on takes the place of the one without. */
  private secondOrder(): SecondOrderSystem {
    if (this.exact instanceof SecondOrderSystem) return this.exact;
    const { inputs, smooth } = this.atLast();
    const solver = this.compileExact(true);
    markExpressed(solver, inputs);
    solver.adopt(this.solver, inputs);
    const system = new SecondOrderSystem(solver);
    system.renew(smooth);
    this.solver = solver;
    this.exact = system;
    return system;
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
