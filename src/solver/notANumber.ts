/** Where the problem is not a number at a trajectory: the first expression, by stage, that does not evaluate. */
import { evaluate, type Node } from '../expression';
import type { Problem } from '../problem';
import type { Inputs, Trajectory } from './solution';

export function locateNotANumber(problem: Problem, inputs: Inputs, { x, u }: Trajectory): string {
  const { graph, states, controls, parameters, horizon, cost, constraints, dynamics } = problem;
  const N = horizon.steps;
  const constant = new Map(parameters.map((p, j): [Node, number] => [p.symbol, inputs.parameters[j]]));
  const bad = (node: Node, point: ReadonlyMap<Node, number>): boolean =>
    !Number.isFinite(evaluate(graph, [node], point)[0]);

  if (bad(horizon.duration, constant)) return 'the duration';
  for (const { name, initial } of states)
    if (initial !== null && bad(initial, constant)) return `the initial value of ${name}`;
  for (const { name, lower, upper } of constraints)
    for (const bound of [lower, upper]) if (bound !== null && bad(bound, constant)) return `a bound of ${name}`;

  for (let k = 0; k <= N; k++) {
    const point = new Map(constant);
    for (const { name, symbol, values } of problem.signals) {
      const [value] = evaluate(graph, [values[k]], constant);
      if (!Number.isFinite(value)) return `${name} at stage ${k}`;
      point.set(symbol, value);
    }
    states.forEach(({ symbol }, i) => point.set(symbol, x[k * states.length + i]));
    if (k < N) controls.forEach(({ symbol }, i) => point.set(symbol, u[k * controls.length + i]));
    const at = `at stage ${k}`;
    for (const { name, expression, from, to } of constraints)
      if (from <= k && k <= to && bad(expression, point)) return `the constraint ${name} ${at}`;
    if (k === N) {
      if (bad(cost.terminal, point)) return `the terminal cost ${at}`;
      continue;
    }
    const failing = dynamics.rhs.findIndex((node) => bad(node, point));
    if (failing >= 0) return `the dynamics of ${states[failing].name} ${at}`;
    if (bad(cost.integral, point) || bad(cost.sum, point)) return `the cost ${at}`;
  }
  return 'a derivative, or a value inside an integration step';
}
