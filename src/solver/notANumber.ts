/** Where the problem is not a number at a trajectory: the first expression, by stage, that does not evaluate. */
import { evaluate, type Node } from '../expression';
import { knownValues, type Problem } from '../problem';
import { equationName } from './algebraic';
import type { Inputs } from './solution';
import { type Path, stagePoint, type Values } from './stagePoint';

export function locateNotANumber(problem: Problem, inputs: Inputs, path: Path): string {
  const { graph, states, horizon, cost, constraints, dynamics, signals } = problem;
  const N = horizon.steps;
  const constant = knownValues(problem, inputs.parameters);
  const bad = (node: Node, point: Values): boolean => !Number.isFinite(evaluate(graph, [node], point)[0]);

  if (bad(horizon.duration, constant)) return 'the duration';
  for (const { name, initial } of states)
    if (initial !== null && bad(initial, constant)) return `the initial value of ${name}`;
  for (const { name, lower, upper } of constraints)
    for (const bound of [lower, upper]) if (bound !== null && bad(bound, constant)) return `a bound of ${name}`;

  for (let k = 0; k <= N; k++) {
    const at = `at stage ${k}`;
    const point = stagePoint(problem, constant, path, k);
    const unknown = signals.find(({ symbol }) => !Number.isFinite(point.get(symbol)));
    if (unknown) return `${unknown.name} ${at}`;
    for (const { name, expression, from, to } of constraints)
      if (from <= k && k <= to && bad(expression, point)) return `the constraint ${name} ${at}`;
    if (k === N) {
      if (bad(cost.terminal, point)) return `the terminal cost ${at}`;
      continue;
    }
    const failing = dynamics.rhs.findIndex((node) => bad(node, point));
    if (failing >= 0) return `the dynamics of ${states[failing].name} ${at}`;
    const unequal = dynamics.algebraic.findIndex((node) => bad(node, point));
    if (unequal >= 0) return `${equationName(problem, unequal)} ${at}`;
    if (bad(cost.integral, point) || bad(cost.sum, point)) return `the cost ${at}`;
  }
  return 'a derivative, or a value inside an integration step';
}
