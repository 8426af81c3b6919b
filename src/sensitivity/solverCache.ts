/** Compiled solvers by the structure of their problems: another number in the text needs no other solver. */
import { type Problem, structureOf } from '../problem';
import { DifferentiableSolver } from './differentiableSolver';

/** A few problems that one goes back and forth between. */
const KEPT = 4;

export class SolverCache {
  /** The one used last is the last. */
  private readonly solvers = new Map<string, DifferentiableSolver>();

  /**
   * A solver of this problem by the method its text asks for; whoever had it for a problem of the same structure has it
   * for this one now. Throws as `DifferentiableSolver.compile` does.
   */
  solverFor(problem: Problem): DifferentiableSolver {
    const structure = structureOf(problem);
    const { key } = structure;
    const solver = this.solvers.get(key) ?? DifferentiableSolver.compile(structure.problem);
    solver.restate(problem, structure.problem.numbers);
    this.solvers.delete(key);
    this.solvers.set(key, solver);
    for (const oldest of [...this.solvers.keys()].slice(0, -KEPT)) this.solvers.delete(oldest);
    return solver;
  }
}
