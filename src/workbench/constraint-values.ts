/** The constraints along a trajectory, for drawing: their expressions at every stage, and their two sides. */
import { evaluate, type Node } from '../expression';
import { knownValues, type Problem } from '../problem';
import type { Solution } from '../solver';
import type { ConstraintValues } from './protocol';

type Point = Pick<Solution, 'x' | 'u' | 'algebraics'>;

export function constraintValues(problem: Problem, parameters: Float64Array, solution: Point): ConstraintValues[] {
  const { graph, constraints, states, controls, algebraics, signals } = problem;
  const steps = problem.horizon.steps;
  const point = knownValues(problem, parameters);

  const results = constraints.map(({ lower, upper, from, to }) => ({
    lower: lower === null ? null : valueAt(lower),
    upper: upper === null ? null : valueAt(upper),
    values: new Float64Array(to - from + 1),
  }));
  for (let stage = 0; stage <= steps; stage++) {
    const here = constraints.map((_, i) => i).filter((i) => covers(constraints[i], stage));
    if (here.length === 0) continue;
    states.forEach(({ symbol }, i) => point.set(symbol, at(solution.x, stage * states.length + i)));
    controls.forEach(({ symbol }, i) => point.set(symbol, at(solution.u, stage * controls.length + i)));
    algebraics.forEach(({ symbol }, i) => point.set(symbol, at(solution.algebraics, stage * algebraics.length + i)));
    signals.forEach(({ symbol, values }) => point.set(symbol, valueAt(values[stage])));
    const nodes = here.flatMap((i) => constraints[i]?.expression ?? []);
    evaluate(graph, nodes, point).forEach((value, j) => {
      const i = here[j] ?? 0;
      const result = results[i];
      if (result) result.values[stage - (constraints[i]?.from ?? 0)] = value;
    });
  }
  return results;

  function valueAt(node: Node | undefined): number {
    return node === undefined ? Number.NaN : (evaluate(graph, [node], point)[0] ?? Number.NaN);
  }
}

function covers(constraint: { readonly from: number; readonly to: number } | undefined, stage: number): boolean {
  return constraint !== undefined && constraint.from <= stage && stage <= constraint.to;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN;
}
