/**
 * The real-time iteration (Diehl, Bock & Schloeder 2005): one linear-quadratic subproblem a sample, with full steps. All
 * that does not need the measured state is done before it comes (preparation); what remains is the subproblem (feedback).
 */
import type { Problem } from '../problem';
import { compileSolver, type MethodOptions } from './compile';
import { procedures } from './methodState';
import type { Settings } from './settings';
import { shift } from './shift';
import type { Inputs, Solution, Trajectory } from './solution';
import type { Solver } from './solver';
import { STEADY } from './steadyStep';

export interface Sample extends Trajectory {
  /** The control to apply, [nu]. */
  readonly control: Float64Array;
  /** Whether the active set stayed as it was, and the subproblem took one linear system. */
  readonly steady: boolean;
  readonly preparationMs: number;
  readonly feedbackMs: number;
}

export class RealTimeIteration {
  private readonly solver: Solver;

  constructor(
    problem: Problem,
    private readonly parameters: Float64Array,
    options: Pick<MethodOptions, 'hessian' | 'regularize'>,
  ) {
    this.solver = compileSolver(problem, { ...options, method: 'sqp', globalization: 'merit' });
  }

  /** A full solve for the first state, so that the iterations start at a solution. */
  start(initial: Float64Array, settings: Partial<Settings> = {}): Solution {
    return this.solver.solve(this.inputs(initial), settings);
  }

  /** One sample: prepare, then answer the measured state. The trajectory moves on by a stage first if `shifted`. */
  sample(measured: Float64Array, shifted = true): Sample {
    const { executable, workspace } = this.solver;
    const began = performance.now();
    this.solver.setInputs(this.inputs(new Float64Array(measured.length).fill(Number.NaN)));
    if (shifted) shift(workspace, executable);
    executable.run(procedures.prepare);
    const prepared = performance.now();
    this.solver.setInitial(measured);
    executable.run(procedures.feedback);
    const answered = performance.now();
    const { x, u } = this.solver.trajectory();
    return {
      x,
      u,
      steady: executable.buffer(STEADY)[0] === 1,
      control: u.slice(0, workspace.stages.problem.controls.length),
      preparationMs: prepared - began,
      feedbackMs: answered - prepared,
    };
  }

  private inputs(initial: Float64Array): Inputs {
    return { parameters: this.parameters, initial };
  }
}
