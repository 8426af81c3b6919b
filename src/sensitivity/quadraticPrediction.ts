/**
 * The prediction that sees the active set change: the quadratic program of the parametric step, with the exact Hessian,
 * linearised at the solution and posed at the parameters predicted for. Within a range of the active set its solution is
 * the tangent up to the square of the change; beyond, the generalised tangential predictor (Diehl 2001, section 5.3;
 * Zavala & Biegler 2009; Jaeschke, Yang & Biegler 2014). That is a real-time iteration started at the solution with its
 * multipliers.
 */
import { type Executable, instantiate, type Module } from '../kernel';
import type { Problem } from '../problem';
import { compileSolver, type Inputs, methodOf, type PrimalDual, type Solver } from '../solver';
import type { Prediction } from './prediction';

export class QuadraticPredictor {
  private readonly solver: Solver;

  /** Compiles. Throws GraphLimitError where the derivatives outgrow the graph. */
  constructor(problem: Problem, backend: (module: Module) => Executable = instantiate) {
    const method = methodOf(problem, { method: 'rti', hessian: 'exact' });
    this.solver = compileSolver(problem, method, backend);
  }

  /** From a solution of other inputs; some of `inputs.initial` may be NaN, as for a solve. */
  predict(solution: PrimalDual, inputs: Inputs): Prediction {
    return this.solver.solve(inputs, { maxIterations: 1 }, { near: solution, once: true });
  }
}
