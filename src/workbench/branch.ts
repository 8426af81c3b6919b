/**
 * One step along a branch of solutions: a problem with several local minima has several curves of solutions over a
 * parameter, and a solve that sets out from the solution next to it stays on the curve it is on, as long as that goes on.
 */
import type { Problem } from '../problem';
import { changesBetween, type DifferentiableSolver } from '../sensitivity';
import type { Inputs, Settings } from '../solver';
import type { BranchEnd, BranchOutcome } from './protocol';
import { solveByMethod } from './solve-by-method';

/** Curves of differences need more digits than a solution that is looked at. */
const tolerance = 1e-10;

export function followed(
  solver: DifferentiableSolver,
  inputs: Inputs,
  settings: Partial<Settings>,
  column: string,
  from: BranchEnd,
): BranchOutcome {
  const guess = { x: from.x, u: from.u };
  const solution = solveByMethod(solver, inputs, { ...settings, tolerance }, { guess });
  if (solution.status !== 'converged') return { ok: false, message: solution.message };
  const place = columnsOf(solver.problem).indexOf(column);
  if (place < 0) return { ok: false, message: `There is no derivative by ${column}.` };
  const { dconstraints: _, ...derivatives } = solver.sensitivities({ columns: [place] });
  const { x, u, algebraics, costates, objective, constraints, tau } = solution;
  const multipliers = { constraints, tau };
  return {
    ok: true,
    value: {
      solution: { x, u, algebraics, costates, objective },
      derivatives,
      changes: from.multipliers ? changesBetween(from.multipliers, multipliers) : [],
      end: { x, u, multipliers },
    },
  };
}

/** As sensitivities order them. */
function columnsOf({ parameters, states }: Problem): string[] {
  const fixed = states.filter(({ initial }) => initial !== null);
  return [...parameters.map(({ name }) => name), ...fixed.map(({ name }) => `x0.${name}`)];
}
