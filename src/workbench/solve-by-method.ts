/**
 * A solve by the method of the problem. Real-time iteration takes one step a sample: from a trajectory it takes that step,
 * from the guess so many that the next would change nothing, as in closed loop at a setpoint, multipliers carried along.
 */
import type { DifferentiableSolver } from '../sensitivity';
import type { Inputs, Settings, Solution, Start } from '../solver';

const samplesAtMost = 30;
/** Relative change of the objective below which samples stay where they are. */
const settledBelow = 1e-6;

export function solveByMethod(
  solver: DifferentiableSolver,
  inputs: Inputs,
  settings: Partial<Settings>,
  start: Start,
): Solution {
  let solution = solver.solve(inputs, settings, start);
  if (solver.method.method !== 'rti' || start.guess) return solution;
  for (let sample = 1; sample < samplesAtMost && solution.status === 'iteration-limit'; sample++) {
    const next = solver.solve(inputs, settings, { warm: true });
    const settled = Math.abs(next.objective - solution.objective) <= settledBelow * Math.abs(next.objective);
    solution = followed(solution, next);
    if (settled) break;
  }
  return solution;
}

/** The second sets out from where the first has ended. */
function followed(first: Solution, second: Solution): Solution {
  return {
    ...second,
    iterations: first.iterations + second.iterations,
    history: [...first.history, ...second.history.slice(1)],
    iterates: [...first.iterates, ...second.iterates.slice(1)],
  };
}
