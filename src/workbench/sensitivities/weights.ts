/**
 * Normalisations. Every derivative by column j is multiplied by w_j:
 *
 *   absolute   1,
 *   relative   the value of the parameter: per cent of the largest value of the quantity, per per cent of the parameter,
 *   range      the width of the parameter's slider: the change from one end to the other, to first order.
 */
import type { Measure } from '../../sharing';
import { defaultRange } from '../parameters/slider-range';
import type { Picture, ProblemView } from '../protocol';

type Ranges = ReadonlyMap<string, readonly [number, number]>;

/** The value of each column's parameter or initial state. */
export function pointOf(
  problem: ProblemView,
  { solution }: Pick<Picture, 'solution'>,
  columns: readonly string[],
  parameters: ReadonlyMap<string, number>,
): number[] {
  const values = new Map(problem.parameters.map(({ name, value }) => [name, parameters.get(name) ?? value]));
  problem.states.forEach(({ name }, i) => values.set(`x0.${name}`, solution.x[i] ?? 0));
  return columns.map((column) => values.get(column) ?? 0);
}

/** Both ends of each column's slider. */
export function rangesOf(
  problem: ProblemView,
  columns: readonly string[],
  changed: Ranges,
): (readonly [number, number])[] {
  const declared = new Map([
    ...problem.parameters.map(({ name, range, value }) => [name, range ?? defaultRange(value)] as const),
    ...problem.states.map(({ name, initial }) => [`x0.${name}`, defaultRange(initial ?? 0)] as const),
  ]);
  return columns.map((column) => changed.get(column) ?? declared.get(column) ?? [0, 1]);
}

export function weightsOf(
  measure: Measure,
  point: readonly number[],
  ranges: readonly (readonly [number, number])[],
): number[] {
  const weights: Record<Measure, () => number[]> = {
    absolute: () => point.map(() => 1),
    relative: () => [...point],
    range: () => ranges.map(([low, high]) => high - low),
  };
  return weights[measure]();
}

/** What a normalised derivative is measured in, for reading. */
export const units: Record<Measure, string> = { absolute: '', relative: ' % per %', range: ' over the range' };
