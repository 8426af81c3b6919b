/** How far a value may move until the prediction of the solution is off by more than a tolerance: found by solving there. */
import { type DifferentiableSolver, predictionRadius } from '../sensitivity';
import type { Settings } from '../solver';
import type { Asked } from './asked';
import { describeProblem } from './describe';
import { predictionError } from './prediction-error';
import type { Predictor } from './predictor';
import type { PredictionRadius, RadiusQuestion } from './protocol';
import { solveByMethod } from './solve-by-method';

/** Far from a solution there may be none; it is not worth waiting for. */
const timeLimitMs = 1000;

/** At the solution that the predictor starts from; leaves the solver elsewhere. */
export function radiusOf(
  solver: DifferentiableSolver,
  predictor: Predictor,
  asked: Asked,
  { column, mode, tolerance, down, up }: RadiusQuestion,
  settings: Partial<Settings>,
): PredictionRadius {
  const problem = describeProblem(solver.problem, solver.method);
  const errorAt = (change: number): number => {
    const there = predictor.moved(asked, column, change);
    const solution = solveByMethod(solver, there, { ...settings, timeLimitMs }, { guess: predictor.trajectory });
    const predicted = solution.status === 'converged' ? predictor.predict(there, mode) : null;
    return predicted ? predictionError(problem, predicted, { solution }) : Number.POSITIVE_INFINITY;
  };
  return {
    column,
    down: predictionRadius((distance) => errorAt(-distance), down, tolerance),
    up: predictionRadius(errorAt, up, tolerance),
  };
}
