/** A differentiable solver that knows at which solution it stands, and goes back to others. */
import type { DifferentiableSolver } from '../sensitivity';
import type { Inputs, PrimalDual, Settings, Solution, Start } from '../solver';

export class VisitedSolver {
  private here: PrimalDual | null = null;

  constructor(readonly solver: DifferentiableSolver) {}

  solve(inputs: Inputs, settings: Partial<Settings>, start: Start): Solution {
    const solution = this.solver.solve(inputs, settings, start);
    this.here = solution.status === 'converged' ? solution : null;
    return solution;
  }

  /** Whether there is a solution at, or near, the point given; the solver then stands there. */
  visit(inputs: Inputs, point: PrimalDual, settings: Partial<Settings>): boolean {
    if (this.here === point) return true;
    const { status } = this.solver.solve(inputs, settings, { near: point });
    this.here = status === 'converged' ? point : null;
    return status === 'converged';
  }
}
