/**
 * The first-order prediction of a solution, x* + (dx/dp) dp (Fiacco 1983; Diehl 2001, section 5.3: the tangential
 * predictor). It holds until the active set changes. Beyond that, `clip` keeps it admissible in the simplest way: values
 * with bounds of their own are held to them, multipliers and violations are kept from falling below zero. That is not
 * the solution of the quadratic program of the step (quadraticPrediction.ts), but needs none.
 */
import { evaluate, type Node } from '../expression';
import { knownValues, type Problem } from '../problem';
import type { MultiplierKind, PrimalDual, Solution } from '../solver';
import type { Sensitivities } from './sensitivities';

export interface Prediction extends PrimalDual {
  readonly objective: number;
}

/** Bounds of single variables, infinite where there are none; shaped as the trajectories. */
export interface SimpleBounds {
  readonly x: { readonly lower: Float64Array; readonly upper: Float64Array };
  readonly u: { readonly lower: Float64Array; readonly upper: Float64Array };
  readonly algebraics: { readonly lower: Float64Array; readonly upper: Float64Array };
}

export interface PredictionOptions {
  /** Bounds at the parameters predicted for, from `simpleBounds`; null: no clipping. */
  readonly clip?: SimpleBounds | null;
}

/** After a change of the columns' quantities, [columns]. */
export function predict(
  solution: Solution,
  sensitivities: Sensitivities,
  change: ArrayLike<number>,
  { clip = null }: PredictionOptions = {},
): Prediction {
  const { length } = sensitivities.columns;
  const moved = (values: ArrayLike<number>, derivatives: Float64Array): Float64Array =>
    Float64Array.from(values, (value, i) => {
      let sum = value;
      for (let j = 0; j < length; j++) if (change[j] !== 0) sum += derivatives[i * length + j] * change[j];
      return sum;
    });
  const constraints = solution.constraints.map((constraint, c) => {
    const kinds = Object.entries(sensitivities.dconstraints[c]).filter(([, value]) => value instanceof Float64Array);
    const parts = (kinds as [MultiplierKind, Float64Array][]).map(([kind, derivatives]) => {
      const values = Array.from(moved(constraint[kind] ?? [], derivatives));
      return [kind, clip && kind !== 'equality' ? values.map((value) => Math.max(0, value)) : values];
    });
    return { ...constraint, ...Object.fromEntries(parts) };
  });
  const held = (values: Float64Array, bounds: { lower: Float64Array; upper: Float64Array } | null): Float64Array =>
    bounds ? values.map((value, i) => Math.min(Math.max(value, bounds.lower[i]), bounds.upper[i])) : values;
  return {
    x: held(moved(solution.x, sensitivities.dx), clip?.x ?? null),
    u: held(moved(solution.u, sensitivities.du), clip?.u ?? null),
    algebraics: held(moved(solution.algebraics, sensitivities.dalgebraics), clip?.algebraics ?? null),
    costates: moved(solution.costates, sensitivities.dcostates),
    constraints,
    objective: moved([solution.objective], sensitivities.dobjective)[0],
  };
}

/** Of the hard constraints whose expression is one variable, at these parameters [np]. */
export function simpleBounds(problem: Problem, parameters: ArrayLike<number>): SimpleBounds {
  const { graph, states, controls, algebraics, horizon, constraints, signals } = problem;
  const N = horizon.steps;
  const known = (k: number): Map<Node, number> => {
    const values = knownValues(problem, parameters);
    const nodes = signals.map((signal) => signal.values[k]);
    evaluate(graph, nodes, values).forEach((value, s) => {
      values.set(signals[s].symbol, value);
    });
    return values;
  };
  const families = [
    { name: 'x', variables: states, stages: N + 1 },
    { name: 'u', variables: controls, stages: N },
    { name: 'algebraics', variables: algebraics, stages: N },
  ] as const;
  const bounds = families.map(({ name, variables, stages }) => {
    const size = stages * variables.length;
    const lower = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    const upper = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    for (const { expression, from, to, soft, ...sides } of constraints) {
      const i = variables.findIndex(({ symbol }) => symbol === expression);
      if (i < 0 || soft) continue;
      for (let k = from; k <= Math.min(to, stages - 1); k++) {
        const at = k * variables.length + i;
        const value = (node: Node): number => evaluate(graph, [node], known(k))[0];
        if (sides.lower !== null) lower[at] = Math.max(lower[at], value(sides.lower));
        if (sides.upper !== null) upper[at] = Math.min(upper[at], value(sides.upper));
      }
    }
    return [name, { lower, upper }] as const;
  });
  return Object.fromEntries(bounds) as unknown as SimpleBounds;
}
