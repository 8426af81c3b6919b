/** The host's side of a solve: sets the inputs, counts iterations, and reads the solution out of the kernel's memory. */
import { type Executable, instantiate, type Module } from '../kernel';
import type { Problem, Stages } from '../problem';
import { crossedBounds, describe, violations } from './infeasibility';
import * as ip from './interiorPoint';
import { locateNotANumber } from './notANumber';
import { defaults, finalBarrier, type Settings, type Status } from './settings';
import type { ConstraintMultipliers, Inputs, Iteration, Solution, Start, Trajectory } from './solution';
import { messageFor } from './status';
import type { Workspace } from './workspace';

const INITIAL_BARRIER = 0.1;

export class Solver {
  readonly problem: Problem;
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
    this.set(ip.scalars.tolerance, chosen.tolerance);
    this.set(ip.scalars.finalBarrier, finalBarrier(chosen));
    this.set(ip.scalars.initialBarrier, INITIAL_BARRIER);
    if (start.warm && this.converged) {
      this.kernel.run('ip.resume');
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
    this.kernel.run('start.guess');
    if (guess) this.setPoint(guess.x, guess.u);
    if (simulated) this.kernel.run('simulate');
    this.kernel.run('ip.initialise');
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
    const history: Iteration[] = [this.iteration()];
    let status: Status | null = this.outcome();
    while (status === null) {
      if (history.length > chosen.maxIterations) status = 'iteration-limit';
      else if (performance.now() - began > chosen.timeLimitMs) status = 'time-limit';
      else {
        this.kernel.run('ip.step');
        history.push(this.iteration());
        status = this.outcome();
      }
    }
    this.converged = status === 'converged';
    return this.solution(status, history);
  }

  private outcome(): Status | null {
    switch (this.get(ip.scalars.state)) {
      case ip.RUNNING:
        return null;
      case ip.CONVERGED:
        return 'converged';
      case ip.NOT_A_NUMBER:
        return 'not-a-number';
      case ip.DIVERGING:
        return 'diverging';
      default:
        return 'step-too-small';
    }
  }

  private setPoint(x: Float64Array, u: Float64Array): void {
    const { nx, nu, nz, N } = this.workspace;
    const point = this.kernel.buffer('point');
    for (let k = 0; k <= N; k++) {
      for (let i = 0; i < nx; i++) point[k * nz + i] = x[k * nx + i];
      if (k < N) for (let i = 0; i < nu; i++) point[k * nz + nx + i] = u[k * nu + i];
    }
  }

  private iteration(): Iteration {
    return {
      objective: this.get(ip.scalars.objective),
      primalInfeasibility: this.get(ip.scalars.primal),
      dualInfeasibility: this.get(ip.scalars.dual),
      complementarity: this.get(ip.scalars.complementarity),
      barrier: this.get(ip.scalars.mu),
      stepPrimal: this.get(ip.scalars.primalStep),
      stepDual: this.get(ip.scalars.dualStep),
      regularisation: this.get(ip.scalars.regularisation),
      trials: this.get(ip.scalars.trials),
    };
  }

  private solution(status: Status, history: readonly Iteration[]): Solution {
    const { nx, nu, nz, N, stages } = this.workspace;
    const point = this.kernel.buffer('point');
    const x = new Float64Array((N + 1) * nx);
    const u = new Float64Array(N * nu);
    for (let k = 0; k <= N; k++) {
      for (let i = 0; i < nx; i++) x[k * nx + i] = point[k * nz + i];
      if (k < N) for (let i = 0; i < nu; i++) u[k * nu + i] = point[k * nz + nx + i];
    }
    const duration = this.kernel.buffer('duration')[0];
    return {
      status,
      message: messageFor(status),
      iterations: history.length - 1,
      objective: this.get(ip.scalars.objective),
      tau: this.get(ip.scalars.mu),
      t: Float64Array.from({ length: N + 1 }, (_, k) => (k * duration) / N),
      x,
      u,
      costates: this.kernel.buffer('costate').slice(),
      constraints: multipliers(this.workspace, stages, this.kernel),
      history,
      kkt: {
        stationarity: this.get(ip.scalars.dual),
        feasibility: this.get(ip.scalars.primal),
        complementarity: this.get(ip.scalars.complementarity),
      },
    };
  }

  private get(name: string): number {
    return this.kernel.buffer(name)[0];
  }

  private set(name: string, value: number): void {
    this.kernel.buffer(name)[0] = value;
  }
}

/** A later attempt, with the iterations of the earlier one counted. */
function appended(earlier: Solution, later: Solution): Solution {
  return {
    ...later,
    iterations: earlier.iterations + later.iterations,
    history: [...earlier.history, ...later.history.slice(1)],
  };
}

/** Multipliers and slacks by constraint and stage. */
function multipliers(w: Workspace, stages: Stages, kernel: Executable): ConstraintMultipliers[] {
  const zeta = kernel.buffer('zeta');
  const y = kernel.buffer('y');
  const e = kernel.buffer('e');
  const v = kernel.buffer('v');
  return stages.problem.constraints.map((constraint, index) => {
    const places = w.segments.filter(
      ({ segment }) => constraint.from <= segment.from && segment.to - 1 <= constraint.to,
    );
    const stagesOf: number[] = [];
    const collected: Record<string, number[]> = {};
    const push = (key: string, value: number): void => {
      collected[key] = [...(collected[key] ?? []), value];
    };
    for (const place of places) {
      for (let k = place.segment.from; k < place.segment.to; k++) {
        stagesOf.push(k);
        place.segment.equalities.forEach((equality, i) => {
          if (equality.constraint === index) push('equality', y[place.equality(k, i) as number]);
        });
        place.segment.sides.forEach((side, i) => {
          if (side.constraint !== index) return;
          const name = side.sign === 1 ? 'upper' : 'lower';
          push(name, zeta[place.side(k, i) as number]);
          if (!side.soft) return;
          const Name = side.sign === 1 ? 'Upper' : 'Lower';
          push(`slack${Name}`, e[place.soft(k, i) as number]);
          push(`slack${Name}Multiplier`, v[place.soft(k, i) as number]);
        });
      }
    }
    return { name: constraint.name, stages: stagesOf, ...collected };
  });
}
