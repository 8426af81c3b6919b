/**
 * The elastic problem: every constraint but the bounds of controls soft, the dynamics with an aid w that may push the
 * states off their course at a far higher price, and no cost but the sum of all violations,
 *
 *   min sum_k sum_i e_ki + P h sum_k |w_k|_1 + small |z - guess|^2   subject to  x' = f + w  or  x_{k+1} = f + w.
 *
 * Its solution is nearest to meeting the constraints: where violations remain they name what cannot be met, where none
 * does it is a start for the problem itself. (The feasibility problem of Waechter & Biegler 2006, section 3.3.)
 */
import type { Constraint, Control, Guess, Problem } from './problem';

/** Weight of the distance from the guess, in units of its size, small enough not to be worth a violation. */
const NEARNESS = 1e-6;
/** What a push on a state costs beside a violation of a constraint as large. */
const AID = 100;

export function elastic(problem: Problem): Problem {
  const { graph, horizon, guess, dynamics } = problem;
  const zero = graph.constant(0);
  const perStep = graph.div(graph.constant(horizon.steps), horizon.duration);
  const price = { l1: perStep, l2: zero };
  const push = dynamics.kind === 'continuous' ? graph.constant(AID) : graph.mul(graph.constant(AID), perStep);
  const distance = (variables: readonly { readonly symbol: Constraint['expression'] }[], from: readonly Guess[]) =>
    variables.map(({ symbol }, i) => {
      const middle = graph.mul(graph.constant(0.5), graph.add(from[i].from, from[i].to));
      const size = graph.add(graph.constant(1), graph.square(middle));
      return graph.mul(graph.constant(NEARNESS), graph.div(graph.square(graph.sub(symbol, middle)), size));
    });
  const controls = new Set(problem.controls.map(({ symbol }) => symbol));
  const states = distance(problem.states, guess.states);
  const aids = problem.states.map((state): Control => {
    const name = `the dynamics of ${state.name}`;
    return { name, symbol: graph.symbol(name), description: '' };
  });
  const last = horizon.steps - 1;
  return {
    ...problem,
    controls: [...problem.controls, ...aids],
    dynamics: { ...dynamics, rhs: dynamics.rhs.map((f, i) => graph.add(f, aids[i].symbol)) },
    cost: {
      integral: zero,
      sum: graph.sum([...states, ...distance(problem.controls, guess.controls)]),
      terminal: graph.sum(states),
    },
    constraints: [
      ...problem.constraints.map((constraint) =>
        controls.has(constraint.expression) ? constraint : { ...constraint, soft: price },
      ),
      ...aids.map(({ name, symbol }): Constraint => {
        return { name, expression: symbol, lower: zero, upper: zero, from: 0, to: last, soft: { l1: push, l2: zero } };
      }),
    ],
    guess: { ...guess, controls: [...guess.controls, ...aids.map(() => ({ from: zero, to: zero }))] },
  };
}
