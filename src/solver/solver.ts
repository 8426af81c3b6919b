/** The host's side of a solve: sets the inputs, counts iterations, and reads the solution out of the kernel's memory. */
import { GraphLimitError } from '../expression';
import { type Executable, instantiate, type Module } from '../kernel';
import type { Problem } from '../problem';
import { unmetAlgebraic } from './algebraic';
import type { ConstraintPlaces } from './constraintLayout';
import { LEAST_COMPLIANCE } from './elimination';
import { crossedBounds, describe, violations } from './infeasibility';
import * as method from './methodState';
import { locateNotANumber } from './notANumber';
import { type SolutionLayout, SolutionReader, solutionLayout } from './reader';
import { withAids, withControls } from './restoration';
import { defaults, finalBarrier, type Settings, type Status } from './settings';
import { shift } from './shift';
import type { Inputs, Iterate, Iteration, Restart, Solution, Start, Trajectory } from './solution';
import type { Path } from './stagePoint';
import { messageFor } from './status';
import type { Workspace } from './workspace';
import { writePoint, writePrimalDual, writeTrajectory } from './writer';

const INITIAL_BARRIER = 0.05;
/** How far iterates may violate constraints: not limited; and not far from a point that meets them. */
const ANY_VIOLATION = 1e30;
const NEARBY = 1;
/** Tolerance of the elastic problem: beyond that nothing counts as a violation. */
const NEARNESS = 1e-6;
/** Ends that another start may avoid. */
const STUCK: readonly Status[] = ['step-too-small', 'iteration-limit', 'not-a-number'];
/** Ends that no other attempt follows. */
const FINAL: readonly Status[] = ['converged', 'time-limit', 'cancelled'];
/** The unknowns of the primal-dual system, and what goes along with them. */
const ITERATE = ['point', 'costate', 'y', 't', 'zeta', 'e', 'v'];
const ADOPTED = [method.scalars.mu, method.scalars.tolerance, method.scalars.finalBarrier, LEAST_COMPLIANCE];

export class Solver {
  private stated: Problem;
  readonly layout: SolutionLayout;
  private readonly kernel: Executable;
  private readonly reader: SolutionReader;
  /** How the last attempt ended; null before the first. */
  private ended: Status | null = null;
  private elastic: Solver | null = null;

  constructor(
    readonly workspace: Workspace,
    module: Module,
    backend: (module: Module) => Executable = instantiate,
    /** The solver of the elastic problem, made when a solve first needs it. */
    private readonly makeElastic: (() => Solver) | null = null,
  ) {
    this.layout = solutionLayout(workspace);
    const kernel = backend(module);
    this.kernel = kernel;
    this.stated = workspace.stages.problem;
    this.restate(this.stated);
    kernel.buffer(LEAST_COMPLIANCE).fill(workspace.target.sideRegularisation);
    this.reader = new SolutionReader(this.layout, (name) => kernel.buffer(name));
  }

  get constraints(): readonly ConstraintPlaces[] {
    return this.layout.constraints;
  }

  get executable(): Executable {
    return this.kernel;
  }

  get problem(): Problem {
    return this.stated;
  }

  /** Whether the last attempt ended at a solution. */
  get converged(): boolean {
    return this.ended === 'converged';
  }

  /** Go on with a problem that differs in the values of its `numbers`. */
  restate(problem: Problem): void {
    this.stated = problem;
    this.kernel.buffer('numbers').set(problem.numbers.map(({ value }) => value));
    this.ended = null;
    this.elastic = null;
  }

  /** Parameters and initial state of the next solve. `inputs.initial` NaN: the value of the text, or free. */
  setInputs(inputs: Inputs): void {
    this.kernel.buffer('parameters').set(inputs.parameters);
    this.kernel.run('prepare');
    this.kernel.run('initialState');
    this.setInitial(inputs.initial);
  }

  /** The initial state alone; NaN: as it was set. */
  setInitial(state: Float64Array): void {
    const initial = this.kernel.buffer('initial');
    for (let i = 0; i < state.length; i++) if (!Number.isNaN(state[i])) initial[i] = state[i];
  }

  solve(inputs: Inputs, settings: Partial<Settings> = {}, start: Start = {}): Solution {
    const chosen = { ...defaults, ...settings };
    const began = performance.now();
    this.setInputs(inputs);
    for (const [name, value] of settingScalars(chosen)) this.set(name, value);
    const goesOn = start.warm && this.canGoOn(start.once);
    if (start.near || goesOn) {
      this.resume(start, goesOn === true);
      const warm = this.iterate(chosen, began);
      if (start.once || FINAL.includes(warm.status)) return warm;
    }
    const cold = this.cold(chosen, began, start);
    if (start.once) return this.explain(cold, inputs);
    const stuck = STUCK.includes(cold.status);
    if (!stuck || cold.kkt.feasibility <= chosen.tolerance) return this.explain(cold, inputs);
    const crossed = crossedBounds(this.problem, inputs.parameters);
    if (crossed) return { ...cold, status: 'infeasible', message: messageFor('infeasible', crossed) };
    return this.explain(this.restore(cold, inputs, chosen, began, start.guess !== undefined), inputs);
  }

  /** A copy of the unknowns as they are. */
  iterateNow(): Iterate {
    return new Map(ITERATE.map((name) => [name, this.kernel.buffer(name).slice()]));
  }

  private setIterate(iterate: Iterate): void {
    for (const [name, values] of iterate) this.kernel.buffer(name).set(values);
  }

  /** Start from what is near, or, if it is there to go on from, from the last iterate where that one is nearer. */
  private resume({ near, shift: moves }: Start, goesOn: boolean): void {
    const set = (from: Start['near']): void => {
      if (from instanceof Map) this.setIterate(from);
      else if (from) writePrimalDual(this.workspace, this.constraints, this.kernel, from);
      if (moves) shift(this.workspace, this.kernel);
    };
    const error = (procedure: string): number => {
      this.kernel.run(procedure);
      return Math.max(this.get(method.scalars.primal), this.get(method.scalars.dual));
    };
    const last = near && goesOn ? this.iterateNow() : undefined;
    const there = last ? error(method.procedures.assess) : Number.POSITIVE_INFINITY;
    set(near);
    if (error(method.procedures.resume) <= there) return;
    set(last);
    this.kernel.run(method.procedures.resume);
  }

  /** From where the last attempt ended. */
  private canGoOn(anyhow = false): boolean {
    return anyhow ? this.ended !== null && this.ended !== 'not-a-number' : this.converged;
  }

  private cold(chosen: Settings, began: number, start: Pick<Start, 'guess' | 'shift'>, simulated = false): Solution {
    this.kernel.run(method.procedures.guess);
    if (start.guess) writeTrajectory(this.workspace, this.kernel, start.guess);
    if (start.guess && start.shift) shift(this.workspace, this.kernel);
    if (simulated) this.kernel.run(method.procedures.simulate);
    this.kernel.run(method.procedures.initialise);
    return this.iterate(chosen, began);
  }

  /**
   * The constraints were not met, or have no value, from the guess: try from the problem's own one if another was given,
   * then from where its controls lead, and else find out whether they can be met at all; a point that meets them is the
   * better start.
   */
  private restore(failed: Solution, inputs: Inputs, chosen: Settings, began: number, guessed: boolean): Solution {
    const own = guessed ? this.cold(chosen, began, {}) : failed;
    if (FINAL.includes(own.status)) return guessed ? appended(failed, own, 'text') : own;
    if (own.status === 'not-a-number') return failed;
    const simulated = this.cold(chosen, began, {}, true);
    if (FINAL.includes(simulated.status)) return appended(failed, simulated, 'simulation');
    const nearest = this.nearest(inputs, { ...chosen, timeLimitMs: chosen.timeLimitMs - (performance.now() - began) });
    if (!nearest || nearest.status === 'not-a-number') return failed;
    const { status, message } = nearest;
    if (status === 'cancelled' || status === 'time-limit') return { ...failed, status, message };
    const unmet = violations(nearest);
    if (status === 'converged' && unmet.length > 0)
      return { ...failed, status: 'infeasible', message: messageFor('infeasible', describe(unmet)) };
    return this.resumeFrom(nearest, failed, chosen, began);
  }

  /** From a point that meets the constraints: as usual, and if that leaves them for good, not far away from them. */
  private resumeFrom(nearest: Solution, failed: Solution, chosen: Settings, began: number): Solution {
    const guess = withControls(nearest, this.workspace.N, this.problem.controls.length);
    const free = appended(failed, this.cold(chosen, began, { guess }), 'elastic');
    if (!STUCK.includes(free.status)) return free;
    this.set(method.scalars.violationLimit, NEARBY);
    const near = appended(free, this.cold(chosen, began, { guess }), 'elastic');
    this.set(method.scalars.violationLimit, ANY_VIOLATION);
    // What an elastic problem that is not solved has led to says less than the first attempt.
    return STUCK.includes(near.status) && nearest.status !== 'converged' ? failed : near;
  }

  /** The solution of the elastic problem from the guess of this one; null where there is none to be had. */
  private nearest(inputs: Inputs, chosen: Settings): Solution | null {
    this.elastic ??= this.compileElastic();
    if (!this.elastic) return null;
    this.kernel.run(method.procedures.guess);
    this.kernel.run(method.procedures.assess);
    const [defects, times] = ['residual.dynamics', 'times'].map((name) => this.kernel.buffer(name));
    const guess = withAids(this.workspace, this.reader.trajectory(), defects, times);
    const tolerance = Math.max(chosen.tolerance, NEARNESS);
    return this.elastic.solve(inputs, { ...chosen, tau: null, tolerance }, { guess });
  }

  /** Null where the problem is too large to be stated once more. */
  private compileElastic(): Solver | null {
    try {
      return this.makeElastic?.() ?? null;
    } catch (error) {
      if (error instanceof GraphLimitError) return null;
      throw error;
    }
  }

  /** What has no value, where that is why the solve ended. */
  private explain(solution: Solution, inputs: Inputs): Solution {
    const { status } = solution;
    if (!STUCK.includes(status)) return solution;
    const where =
      status === 'not-a-number'
        ? locateNotANumber(this.problem, inputs, solution)
        : (unmetAlgebraic(this.problem, inputs, solution) ?? this.unsolvedStep(solution));
    return where === null
      ? solution
      : { ...solution, status: 'not-a-number', message: messageFor('not-a-number', where) };
  }

  /** The first implicit step along a trajectory whose equations Newton's method does not solve. */
  private unsolvedStep(path: Path): string | null {
    if (!this.workspace.unsolved) return null;
    writePoint(this.workspace, this.kernel, path);
    this.kernel.run(method.procedures.assess);
    const stage = this.kernel.buffer(this.workspace.unsolved.name).indexOf(1);
    return stage < 0 ? null : `the implicit step from stage ${stage}, whose equations Newton's method does not solve`;
  }

  /** Iterations until the kernel or a limit ends them. */
  private iterate(chosen: Settings, began: number): Solution {
    const history: Iteration[] = [];
    const iterates: Trajectory[] = [];
    const note = (): Status | null => {
      const iteration = this.reader.iteration();
      history.push(iteration);
      if (chosen.keepIterates) iterates.push(this.reader.trajectory());
      return chosen.onIteration?.(iteration) === false ? 'cancelled' : this.reader.status();
    };
    let status = note();
    while (status === null) {
      if (history.length > chosen.maxIterations) status = 'iteration-limit';
      else if (performance.now() - began > chosen.timeLimitMs) status = 'time-limit';
      else {
        this.kernel.run(method.procedures.step);
        status = note();
      }
    }
    this.ended = status;
    return this.reader.solution(status, history.length - 1, history, iterates);
  }

  /** Take over where another solver of the same problem has ended, linearised here. */
  adopt(other: Solver, inputs: Inputs): void {
    this.setInputs(inputs);
    for (const name of [...ITERATE, ...ADOPTED]) this.kernel.buffer(name).set(other.kernel.buffer(name));
    this.kernel.run(method.procedures.assess);
    this.ended = other.ended;
  }

  /** x and u of the iterate. */
  trajectory(): Trajectory {
    return this.reader.trajectory();
  }

  private get(name: string): number {
    return this.kernel.buffer(name)[0];
  }

  private set(name: string, value: number): void {
    this.kernel.buffer(name)[0] = value;
  }
}

/** The scalars that the kernel has its settings from. */
export function settingScalars(chosen: Settings): [name: string, value: number][] {
  return [
    [method.scalars.tolerance, chosen.tolerance],
    [method.scalars.finalBarrier, finalBarrier(chosen)],
    [method.scalars.initialBarrier, INITIAL_BARRIER],
    [method.scalars.violationLimit, ANY_VIOLATION],
  ];
}

/** A later attempt, with the iterations of the earlier one counted. */
function appended(earlier: Solution, later: Solution, restart: Restart): Solution {
  return {
    ...later,
    restart,
    iterations: earlier.iterations + later.iterations,
    history: [...earlier.history, ...later.history.slice(1)],
    iterates: [...earlier.iterates, ...later.iterates.slice(1)],
  };
}
