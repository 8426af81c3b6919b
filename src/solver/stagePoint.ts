/** Values of all symbols of a problem at a stage of a trajectory, for the host to evaluate expressions at. */
import { evaluate, type Node } from '../expression';
import type { Problem } from '../problem';
import type { PrimalDual } from './solution';

export type Values = ReadonlyMap<Node, number>;

/** The variables of all stages. */
export type Path = Pick<PrimalDual, 'x' | 'u' | 'algebraics'>;

/** Parameters, signals, states, and before stage N controls and algebraic variables. */
export function stagePoint(problem: Problem, parameters: Values, path: Path, k: number): Map<Node, number> {
  const { graph, states, controls, algebraics, signals, horizon } = problem;
  const point = new Map(parameters);
  for (const { symbol, values } of signals) point.set(symbol, evaluate(graph, [values[k]], parameters)[0]);
  const place = (variables: readonly { readonly symbol: Node }[], numbers: Float64Array): void =>
    variables.forEach(({ symbol }, i) => point.set(symbol, numbers[k * variables.length + i]));
  place(states, path.x);
  if (k === horizon.steps) return point;
  place(controls, path.u);
  place(algebraics, path.algebraics);
  return point;
}
