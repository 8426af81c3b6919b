/** The host's side of a solve: sets the inputs, counts iterations, and reads the solution out of the kernel's memory. */
import { type Executable, instantiate, type Module } from '../kernel';
import type { Problem } from '../problem';
import { type ConstraintPlaces, constraintPlaces } from './constraintLayout';
import { crossedBounds, describe, violations } from './infeasibility';
import * as method from './methodState';
import { locateNotANumber } from './notANumber';
import { defaults, finalBarrier, type Settings, type Status } from './settings';
import type { ConstraintMultipliers, Inputs, Iteration, Solution, Start, Trajectory } from './solution';
import { messageFor } from './status';
import type { Workspace } from './workspace';

const INITIAL_BARRIER = 0.1;
/** Scalars that go along with an iterate. */
const ADOPTED = [method.scalars.mu, method.scalars.tolerance, method.scalars.finalBarrier];

export class Solver {
  readonly problem: Problem;
  readonly constraints: readonly ConstraintPlaces[];
  private readonly kernel: Executable;
  private converged = false;
  private elastic: Solver | null = null;

  constructor(
    readonly workspace: Workspace,
    module: Module,
    backend: (module: Module) => Executable = instantiate,
    /** The solver of the elastic problem, made when a solve first needs it. */
    private readonly makeElastic: (() => Solver) | null = null,
  ) {
    this.problem = workspace.stages.problem;
    this.constraints = constraintPlaces(workspace);
    this.kernel = backend(module);
  }

  get executable(): Executable {
    return this.kernel;
  }

  /** Parameters and initial state of the next solve. `inputs.initial` NaN: the value of the text, or free. */
  setInputs(inputs: Inputs): void {
    this.kernel.buffer('parameters').set(inputs.parameters);
    this.kernel.run('prepare');
    this.kernel.run('initialState');
    const initial = this.kernel.buffer('initial');
    inputs.initial.forEach((value, i) => {
      if (!Number.isNaN(value)) initial[i] = value;
    });
  }

  solve(inputs: Inputs, settings: Partial<Settings> = {}, start: Start = {}): Solution {
    const chosen = { ...defaults, ...settings };
    const began = performance.now();
    this.setInputs(inputs);
    this.set(method.scalars.tolerance, chosen.tolerance);
    this.set(method.scalars.finalBarrier, finalBarrier(chosen));
    this.set(method.scalars.initialBarrier, INITIAL_BARRIER);
    if (start.warm && this.converged) {
      this.kernel.run(method.procedures.resume);
      const warm = this.iterate(chosen, began);
      if (warm.status === 'converged' || warm.status === 'time-limit') return warm;
    }
    const cold = this.cold(chosen, began, start.guess);
    const stuck = cold.status === 'step-too-small' || cold.status === 'iteration-limit';
    if (!stuck || cold.kkt.feasibility <= chosen.tolerance) return this.explain(cold, inputs);
    const crossed = crossedBounds(this.problem, inputs.parameters);
    if (crossed) return { ...cold, status: 'infeasible', message: messageFor('infeasible', crossed) };
    return this.restore(cold, inputs, chosen, began);
  }

  private cold(chosen: Settings, began: number, guess?: Trajectory, simulated = false): Solution {
    this.kernel.run(method.procedures.guess);
    if (guess) this.setPoint(guess.x, guess.u);
    if (simulated) this.kernel.run(method.procedures.simulate);
    this.kernel.run(method.procedures.initialise);
    return this.iterate(chosen, began);
  }

  /**
   * The constraints were not met from the guess: try once more from where the guess's controls lead, and else find out
   * whether they can be met at all; a point that meets them is the better start.
   */
  private restore(failed: Solution, inputs: Inputs, chosen: Settings, began: number): Solution {
    const simulated = this.cold(chosen, began, undefined, true);
    if (simulated.status === 'converged') return appended(failed, simulated);
    this.elastic ??= this.makeElastic?.() ?? null;
    if (!this.elastic) return failed;
    const nearest = this.elastic.solve(inputs, { ...chosen, tau: null }, { guess: failed });
    if (nearest.status !== 'converged') return failed;
    const unmet = violations(nearest);
    if (unmet.length > 0)
      return { ...failed, status: 'infeasible', message: messageFor('infeasible', describe(unmet)) };
    return appended(failed, this.cold(chosen, began, nearest));
  }

  private explain(solution: Solution, inputs: Inputs): Solution {
    if (solution.status !== 'not-a-number') return solution;
    const where = locateNotANumber(this.problem, inputs, solution);
    return { ...solution, message: messageFor('not-a-number', where) };
  }

  /** Iterations until the kernel or a limit ends them. */
  private iterate(chosen: Settings, began: number): Solution {
    const history: Iteration[] = [];
    const iterates: Trajectory[] = [];
    const note = (): void => {
      history.push(this.iteration());
      if (chosen.keepIterates) iterates.push(this.trajectory());
    };
    note();
    let status: Status | null = this.outcome();
    while (status === null) {
      if (history.length > chosen.maxIterations) status = 'iteration-limit';
      else if (performance.now() - began > chosen.timeLimitMs) status = 'time-limit';
      else {
        this.kernel.run(method.procedures.step);
        note();
        status = this.outcome();
      }
    }
    this.converged = status === 'converged';
    return this.solution(status, history, iterates);
  }

  /** Take over where another solver of the same problem has ended, linearised here. */
  adopt(other: Solver, inputs: Inputs): void {
    this.setInputs(inputs);
    for (const name of ['point', 'costate', 'y', 't', 'zeta', 'e', 'v', ...ADOPTED])
      this.kernel.buffer(name).set(other.kernel.buffer(name));
    this.kernel.run(method.procedures.assess);
    this.converged = other.converged;
  }

  private outcome(): Status | null {
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

  private setPoint(x: Float64Array, u: Float64Array): void {
    const { nx, nz, N } = this.workspace;
    const nu = this.problem.controls.length;
    const point = this.kernel.buffer('point');
    for (let k = 0; k <= N; k++) {
      for (let i = 0; i < nx; i++) point[k * nz + i] = x[k * nx + i];
      if (k < N) for (let i = 0; i < nu; i++) point[k * nz + nx + i] = u[k * nu + i];
    }
  }

  private iteration(): Iteration {
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
    const { nx, nz, N } = this.workspace;
    const nc = this.problem.controls.length;
    const point = this.kernel.buffer('point');
    return { x: columnsOf(point, nz, N + 1, 0, nx), u: columnsOf(point, nz, N, nx, nx + nc) };
  }

  private solution(status: Status, history: readonly Iteration[], iterates: readonly Trajectory[]): Solution {
    const { nx, nz, N } = this.workspace;
    const nc = this.problem.controls.length;
    const point = this.kernel.buffer('point');
    return {
      status,
      message: messageFor(status),
      iterations: history.length - 1,
      objective: this.get(method.scalars.objective),
      tau: this.get(method.scalars.mu),
      t: this.kernel.buffer('times').slice(),
      ...this.trajectory(),
      algebraics: columnsOf(point, nz, N, nx + nc, nz),
      costates: this.kernel.buffer('costate').slice(),
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
    return this.constraints.map(({ name, stages, parts }) => {
      const values = parts.map(({ kind, source, numbers }) => {
        const buffer = this.kernel.buffer(source);
        return [kind, Array.from(numbers, (number) => buffer[number])] as const;
      });
      return { name, stages, ...Object.fromEntries(values) };
    });
  }

  private get(name: string): number {
    return this.kernel.buffer(name)[0];
  }

  private set(name: string, value: number): void {
    this.kernel.buffer(name)[0] = value;
  }
}

/** Columns from..to-1 of the first `rows` rows of a row-major matrix. */
export function columnsOf(matrix: Float64Array, width: number, rows: number, from: number, to: number): Float64Array {
  const taken = new Float64Array(rows * (to - from));
  for (let k = 0; k < rows; k++) taken.set(matrix.subarray(k * width + from, k * width + to), k * (to - from));
  return taken;
}

/** A later attempt, with the iterations of the earlier one counted. */
function appended(earlier: Solution, later: Solution): Solution {
  return {
    ...later,
    iterations: earlier.iterations + later.iterations,
    history: [...earlier.history, ...later.history.slice(1)],
    iterates: [...earlier.iterates, ...later.iterates.slice(1)],
  };
}
