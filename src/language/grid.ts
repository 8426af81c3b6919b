/** The times of the stages, as expressions in parameters. */
import { type Node, substitute } from '../expression';
import type { Problem } from '../problem';
import type { Context } from './context';
import type { Expression } from './expressionSyntax';
import { places } from './places';
import { isScalar, isVector, type Lowered, shapeInWords, sizeOf } from './value';

export interface Grid {
  readonly steps: number;
  /** [N+1] */
  readonly times: readonly Node[];
}

export function gridOf({ graph }: Context, { duration, steps, lengths }: Problem['horizon']): Grid {
  if (!lengths) {
    const step = graph.div(duration, graph.constant(steps));
    return { steps, times: Array.from({ length: steps + 1 }, (_, k) => graph.mul(graph.constant(k), step)) };
  }
  const times = [graph.constant(0)];
  for (const length of lengths) times.push(graph.add(times.at(-1) as Node, length));
  return { steps, times };
}

/** Lengths T w_k / sum w from relative lengths w: an expression of `stage`, or a table; null where there is a mistake. */
export function relativeLengths(context: Context, grid: Expression, duration: Node, steps: number): Node[] | null {
  const { graph, report } = context;
  const weights = weightsOf(context, grid, steps);
  if (!weights) return null;
  context.atDeclaredValues(weights, (...values) => {
    if (values.every((value) => value > 0 && Number.isFinite(value))) return;
    report.error(grid, 'the relative lengths of the steps must be positive');
  });
  const unit = graph.div(duration, graph.sum(weights));
  return weights.map((weight) => graph.mul(weight, unit));
}

function weightsOf(context: Context, grid: Expression, steps: number): readonly Node[] | null {
  const lowered = context.lower(grid, places.grid);
  if (!lowered) return null;
  if (isScalar(lowered)) return Array.from({ length: steps }, (_, k) => atStage(context, lowered, k));
  if (isVector(lowered) && sizeOf(lowered) === steps) return lowered.entries;
  const message = `the grid has one relative length for each of the ${steps} steps, but this ${shapeInWords(lowered)}`;
  context.report.error(grid, message, 'write an expression such as `grid 1.1^stage`, or a table');
  return null;
}

function atStage({ graph, clock }: Context, { entries }: Lowered, k: number): Node {
  const stage = clock.get('stage')?.entries[0];
  const known = new Map(stage === undefined ? [] : [[stage, graph.constant(k)] as const]);
  return substitute(graph, entries, known)[0] as Node;
}
