/**
 * The elastic problem: the same dynamics and bounds of controls, every other constraint soft, and no cost but the sum of
 * all violations,
 *
 *   min sum_k sum_i e_ki + small |z - guess|^2.
 *
 * Its solution is nearest to meeting the constraints: where violations remain they name what cannot be met, where none
 * does it is a start for the problem itself. (The feasibility problem of Waechter & Biegler 2006, section 3.3.)
 */
import type { Constraint, Problem } from './problem';

/** Weight of the distance from the guess, small enough not to be worth a violation. */
const NEARNESS = 1e-6;

export function elastic(problem: Problem): Problem {
  const { graph, horizon, guess } = problem;
  const perStep = graph.div(graph.constant(horizon.steps), horizon.duration);
  const price = { l1: perStep, l2: graph.constant(0) };
  const zero = graph.constant(0);
  const distance = (variables: readonly { readonly symbol: Constraint['expression'] }[], from: typeof guess.states) =>
    variables.map(({ symbol }, i) => {
      const middle = graph.mul(graph.constant(0.5), graph.add(from[i].from, from[i].to));
      return graph.mul(graph.constant(NEARNESS), graph.square(graph.sub(symbol, middle)));
    });
  const controls = new Set(problem.controls.map(({ symbol }) => symbol));
  const states = distance(problem.states, guess.states);
  return {
    ...problem,
    cost: {
      integral: zero,
      sum: graph.sum([...states, ...distance(problem.controls, guess.controls)]),
      terminal: graph.sum(states),
    },
    constraints: problem.constraints.map((constraint) =>
      controls.has(constraint.expression) ? constraint : { ...constraint, soft: price },
    ),
  };
}
