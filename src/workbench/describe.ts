/** A compiled problem as the page sees it. */
import { evaluate, type Node } from '../expression';
import { isEquality, knownValues, type Problem } from '../problem';
import type { MethodOptions } from '../solver';
import type { ProblemView } from './protocol';

export function describeProblem(problem: Problem, method: MethodOptions): ProblemView {
  const { graph, title, source, parameters, states, controls, algebraics, constraints, arrays } = problem;
  const nominal = knownValues(
    problem,
    parameters.map(({ value }) => value),
  );
  const variables = new Map<Node, string>(
    [...states, ...controls, ...algebraics].map(({ symbol, name }) => [symbol, name]),
  );
  return {
    title,
    source,
    steps: problem.horizon.steps,
    parameters: parameters.map(({ name, value, range, description }) => ({ name, value, range, description })),
    states: states.map(({ name, initial, description }) => ({
      name,
      description,
      initial: initial === null ? null : (evaluate(graph, [initial], nominal)[0] ?? null),
    })),
    controls: controls.map(({ name, description }) => ({ name, description })),
    algebraics: algebraics.map(({ name, description }) => ({ name, description })),
    constraints: constraints.map((constraint) => ({
      name: constraint.name,
      from: constraint.from,
      to: constraint.to,
      soft: constraint.soft !== null,
      equality: isEquality(constraint),
      variable: variables.get(constraint.expression) ?? null,
    })),
    arrays,
    method,
  };
}
