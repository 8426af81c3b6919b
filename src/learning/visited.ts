/** A differentiable solver that knows at which solution it stands, and goes back to others. */
import type { DifferentiableSolver } from '../sensitivity';
import type { Inputs, Settings, Solution, Start } from '../solver';

export class VisitedSolver {
  private here: Solution | null = null;

  constructor(readonly solver: DifferentiableSolver) {}

  solve(inputs: Inputs, settings: Partial<Settings>, start: Start): Solution {
    this.here = this.solver.solve(inputs, settings, start);
    return this.here;
  }

  /** Whether there is a solution at, or near, the one given; the solver then stands there. */
  visit(inputs: Inputs, solution: Solution, settings: Partial<Settings>): boolean {
    if (this.here === solution && solution.status === 'converged') return true;
    this.here = null;
    const { status } = this.solver.solve(inputs, settings, { near: solution });
    if (status === 'converged') this.here = solution;
    return status === 'converged';
  }
}
