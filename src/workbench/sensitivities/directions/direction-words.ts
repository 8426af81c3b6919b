/**
 * Which combinations of parameters matter. With the sensitivities scaled by the ranges of the parameters, S = U diag(s) V',
 * a step along the unit vector v_i, in shares of the ranges, moves the solution by s_i: where that is nothing beside s_1 no
 * data could tell the parameters of the combination apart.
 */

import type { Directions } from '../../../sensitivity';
import { formatNumber } from '../../format';

export interface Direction {
  readonly singularValue: number;
  /** In units of the largest. */
  readonly share: number;
  readonly weights: readonly number[];
}

export function directionsOf({ singularValues, vectors }: Directions): Direction[] {
  const most = singularValues[0] ?? 0;
  return singularValues.map((singularValue, i) => ({
    singularValue,
    share: most > 0 ? singularValue / most : 0,
    weights: signed(vectors[i] ?? []),
  }));
}

/** The sign of a direction is free: its largest weight is positive. */
function signed(weights: readonly number[]): readonly number[] {
  const largest = weights.reduce((most, weight) => (Math.abs(weight) > Math.abs(most) ? weight : most), 0);
  return largest < 0 ? weights.map((weight) => -weight || 0) : weights;
}

/** Weights below this share of the largest are not named. */
const named = 0.2;
const namedAtMost = 4;
/** Below this share of the largest effect a direction is as good as invisible. */
const invisible = 1e-3;
const faint = 3e-2;

export function directionWords({ share, weights }: Direction, columns: readonly string[], first: boolean): string {
  const together = combination(weights, columns);
  if (first) return `${together}: this moves the solution most.`;
  const effect = `${formatNumber(share, 2)} of the largest effect`;
  if (share < invisible) return `${together}: hardly any effect (${effect}). No data could tell these apart.`;
  if (share < faint) return `${together}: a faint effect (${effect}). It takes precise data to tell these apart.`;
  return `${together}: ${effect}.`;
}

/** As in `M up with l down`, or `M up, l down, r up and 2 more`. */
export function combination(weights: readonly number[], columns: readonly string[]): string {
  const most = Math.max(...weights.map(Math.abs), 0);
  const parts = weights
    .map((weight, j) => ({ weight, column: columns[j] ?? '' }))
    .filter(({ weight }) => Math.abs(weight) >= named * most && weight !== 0)
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const shown = parts.slice(0, namedAtMost).map(({ weight, column }) => `${column} ${weight > 0 ? 'up' : 'down'}`);
  const more = parts.length - shown.length;
  if (shown.length === 1) return `${parts[0]?.column} alone`;
  return `${shown.join(shown.length === 2 ? ' with ' : ', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
