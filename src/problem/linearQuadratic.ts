/** Whether a problem is linear-quadratic: dynamics and constraints affine in the variables, the cost of second degree. */
import { hessian, jacobian, type Node, symbolsOf } from '../expression';
import type { Problem } from './problem';

/** Asked for a method for linear-quadratic problems where `part` is curved. */
export class NotQuadraticError extends Error {
  constructor(readonly part: string) {
    super(`Operator splitting is for linear-quadratic problems, and ${part}. Use the interior point or SQP.`);
  }
}

/** What is not as it has to be, in words; null: the problem is linear-quadratic. */
export function curvedPart({
  graph,
  states,
  controls,
  algebraics,
  dynamics,
  constraints,
  cost,
}: Pick<Problem, 'graph' | 'states' | 'controls' | 'algebraics' | 'dynamics' | 'constraints' | 'cost'>): string | null {
  const variables = [...states, ...controls, ...algebraics].map(({ symbol }) => symbol);
  const known = new Set(variables);
  const isFree = (node: Node): boolean => !symbolsOf(graph, [node]).some((symbol) => known.has(symbol));
  const isAffine = (node: Node): boolean => jacobian(graph, [node], variables).every(({ value }) => isFree(value));
  const isQuadratic = (node: Node): boolean => hessian(graph, node, variables).every(({ value }) => isFree(value));

  const moved = states.find((_, i) => !isAffine(dynamics.rhs[i]));
  if (moved) return `the dynamics of \`${moved.name}\` are not linear`;
  if (!dynamics.algebraic.every(isAffine)) return 'an algebraic equation is not linear';
  const held = constraints.find(({ expression }) => !isAffine(expression));
  if (held) return `the constraint \`${held.name}\` is not linear`;
  return [cost.integral, cost.sum, cost.terminal].every(isQuadratic) ? null : 'the cost is not quadratic';
}
