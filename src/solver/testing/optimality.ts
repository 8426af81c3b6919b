/**
 * How far a Solution is from the optimality conditions of its problem at barrier value tau, stage by stage from the
 * problem's own expressions:
 *
 *   L_z + F_z' lambda_{k+1} - (lambda_k, 0) + sum (upper - lower + equality) c_z = 0,    x_{k+1} = F,   x_0 = x0,
 *   slack zeta = tau with slack = bound side - c + e >= 0, zeta >= 0, and for soft sides
 *   l1 + l2 e - zeta - v = 0,   e v = tau,   e >= 0,   v >= 0.
 */

import type { Problem } from '../../problem';
import { largest, Transcription } from '../../problem/testing';
import type { Inputs, Solution } from '../solution';

export interface Optimality {
  readonly stationarity: number;
  /** Of dynamics, initial state, equalities, and of inequalities where they are violated. */
  readonly feasibility: number;
  /** Largest |slack multiplier - tau|. */
  readonly complementarity: number;
  /** Smallest multiplier or violation that must not be negative; infinite where there are none. */
  readonly smallest: number;
  /** Size of costates and multipliers. */
  readonly scale: number;
  readonly objective: number;
  /** Inequality sides whose multiplier exceeds their slack. */
  readonly active: number;
  /** How far the sides are from a change of the active set: smallest of all max(slack, multiplier). */
  readonly margin: number;
}

export function optimality(problem: Problem, inputs: Inputs, solution: Solution): Optimality {
  const transcription = new Transcription(problem);
  const { nx, nu, N } = transcription;
  const { tau } = solution;
  const stationarity: number[] = [];
  const feasibility: number[] = [];
  const products: number[] = [];
  const signed: number[] = [];
  let objective = 0;
  let active = 0;
  let margin = Number.POSITIVE_INFINITY;
  const given = transcription.initial(inputs.parameters);
  const x = (k: number) => [...solution.x.slice(k * nx, (k + 1) * nx)];
  const costate = (k: number) => [...solution.costates.slice(k * nx, (k + 1) * nx)];
  given.forEach((value, i) => {
    const wanted = Number.isNaN(inputs.initial[i]) ? value : inputs.initial[i];
    if (value === null || wanted === null) stationarity.push(costate(0)[i]);
    else feasibility.push(x(0)[i] - wanted);
  });

  for (let k = 0; k <= N; k++) {
    const z = k < N ? [...x(k), ...solution.u.slice(k * nu, (k + 1) * nu)] : x(k);
    const stage = transcription.stage(k, inputs.parameters, z);
    objective += stage.cost;
    const gradient = stage.gradient.map((g, i) => {
      const pulled = stage.jacobian.reduce((sum, row, m) => sum + row[i] * costate(k + 1)[m], g);
      return i < nx ? pulled - costate(k)[i] : pulled;
    });
    stage.next.forEach((value, i) => feasibility.push(x(k + 1)[i] - value));

    for (const row of stage.rows) {
      const multipliers = solution.constraints[row.constraint];
      const place = multipliers.stages.indexOf(k);
      const at = (list: readonly number[] | undefined): number => list?.[place] ?? Number.NaN;
      const pull = (multiplier: number): void => row.gradient.forEach((g, i) => (gradient[i] += multiplier * g));
      if (row.isEquality) {
        feasibility.push(row.value - (row.lower ?? Number.NaN));
        pull(at(multipliers.equality));
        continue;
      }
      const side = (gap: number, sign: 1 | -1, multiplier: number, e: number, v: number): void => {
        pull(sign * multiplier);
        signed.push(multiplier);
        let slack = gap;
        if (row.soft) {
          slack += e;
          stationarity.push(row.soft.l1 + row.soft.l2 * e - multiplier - v);
          signed.push(e, v);
          products.push(e * v - tau);
          margin = Math.min(margin, Math.max(e, v));
          objective += row.soft.l1 * e + 0.5 * row.soft.l2 * e * e;
        }
        feasibility.push(Math.min(0, slack));
        products.push(slack * multiplier - tau);
        if (multiplier > slack) active++;
        margin = Math.min(margin, Math.max(slack, multiplier));
      };
      const { lower, upper } = multipliers;
      if (row.upper !== null)
        side(row.upper - row.value, 1, at(upper), at(multipliers.slackUpper), at(multipliers.slackUpperMultiplier));
      if (row.lower !== null)
        side(row.value - row.lower, -1, at(lower), at(multipliers.slackLower), at(multipliers.slackLowerMultiplier));
    }
    stationarity.push(...gradient);
  }
  return {
    stationarity: largest(stationarity),
    feasibility: largest(feasibility),
    complementarity: largest(products),
    smallest: Math.min(Number.POSITIVE_INFINITY, ...signed),
    scale: 1 + largest(solution.costates) + largest(signed.filter(Number.isFinite)),
    objective,
    active,
    margin,
  };
}
