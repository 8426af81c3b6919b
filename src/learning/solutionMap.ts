/**
 * The map that a layer is, p -> u_0(p), over an interval of one parameter, and its derivative by backward with a cotangent of
 * one. Every sample starts from its neighbour's solution, so that one of several local minima is followed.
 */
import type { Problem } from '../problem';
import { ocpLayer } from './layer';
import type { Hessian } from './pullback';

export interface SolutionMapOptions {
  readonly parameter: string;
  readonly from: number;
  readonly to: number;
  readonly samples: number;
  readonly hessian: Hessian;
  readonly tau: number | null;
}

/** All [samples]; not a number where a sample has no solution or no derivative. */
export interface SolutionMap {
  readonly at: Float64Array;
  /** The first entry of the first control. */
  readonly values: Float64Array;
  readonly slopes: Float64Array;
}

export type SolutionMapResult =
  | { readonly ok: true; readonly map: SolutionMap }
  | { readonly ok: false; readonly message: string };

export function solutionMap(problem: Problem, options: SolutionMapOptions): SolutionMapResult {
  const { parameter, from, to, samples, hessian, tau } = options;
  const made = ocpLayer(problem, { inputs: [parameter], outputs: ['u0'], hessian, tau });
  if (!made.ok) return made;
  const at = Float64Array.from({ length: samples }, (_, i) => from + ((to - from) * i) / (samples - 1));
  const first = Float64Array.from(problem.controls, (_, j) => (j === 0 ? 1 : 0));
  const values = new Float64Array(samples).fill(Number.NaN);
  const slopes = values.slice();
  at.forEach((value, i) => {
    const run = made.layer.forward(Float64Array.of(value), { samples: [0] });
    if (run.failed > 0) return;
    values[i] = run.outputs.u0[0];
    const { inputs, masked } = run.backward({ u0: first });
    if (masked === 0) slopes[i] = inputs[0];
  });
  return { ok: true, map: { at, values, slopes } };
}
