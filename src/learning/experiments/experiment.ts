/** What all experiments have in common: someone who learns, others who try the same beside, and something to look at. */
import type { Problem } from '../../problem';
import type { Descent } from '../descent';
import { type Awaitable, type Layer, type LayerOptions, ocpLayer } from '../layer';
import type { OutputName } from '../outputs';
import type { Hessian } from '../pullback';

/** What can be seen the effect of. */
export interface Switches {
  /** Of all that is random. */
  readonly seed: number;
  /** Samples a step; all of them where there are no more. */
  readonly batch: number;
  /** That of the sensitivities. */
  readonly hessian: Hessian;
  /** Barrier value; null: as the text has it. */
  readonly tau: number | null;
  readonly warm: boolean;
  /** Whether a controller makes one real-time iteration at each sample, from the one before; else it solves to the end. */
  readonly realTime: boolean;
}

/** Where a contender stands after a number of steps. */
export interface Point {
  readonly step: number;
  readonly loss: number;
  /** Length of the gradient that the next step goes by; null: there is none. */
  readonly slope: number | null;
  /** What it took to come here, in the experiment's unit. */
  readonly work: number;
  /** What is learned, in the order of the names; null: nothing that has these names. */
  readonly values: Float64Array | null;
  /** Samples without a solution, and derivatives that are missing or doubtful. */
  readonly failed: number;
  readonly masked: number;
  readonly doubtful: number;
  /** For `look`. */
  readonly theta: Float64Array;
}

/** One way to learn. */
export interface Contender {
  readonly name: string;
  /** From the start, that point first, without end; the same each time. */
  path(): AsyncGenerator<Point, never>;
  /** What comes of it; null: not drawn. */
  readonly look: ((theta: Float64Array) => Look) | null;
}

export interface Look {
  readonly trajectories: Bundle;
  readonly readings: readonly Reading[];
}

/** A number beside the loss. */
export interface Reading {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** Trajectories of several samples: x [N+1][nx] and u [N][nu] each. */
export interface Bundle {
  readonly x: readonly Float64Array[];
  readonly u: readonly Float64Array[];
}

/** The loss at two of the values; not a number where there is none. */
export type Plane = (first: number, second: number) => Awaitable<number>;

export interface Axis {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Whether the axis is one of equal ratios. */
  readonly log: boolean;
}

/** Who makes the layer that is learned through: on this thread, or on others. `samples`: how many there are in all. */
export type MakeLayer = <O extends OutputName>(
  problem: Problem,
  options: LayerOptions<O>,
  samples: number,
) => Awaitable<MadeLayer<O>>;

export type MadeLayer<O extends OutputName> =
  | { readonly ok: true; readonly layer: Layer<O> }
  | { readonly ok: false; readonly message: string };

export const layerHere: MakeLayer = ocpLayer;

export interface Experiment {
  /** What is learned. */
  readonly learned: readonly string[];
  /** What is to be learned, where that is known. */
  readonly truth: readonly number[] | null;
  /** How many there are for a step to go by. */
  readonly samples: number;
  /** What work is counted in, in the plural. */
  readonly unit: string;
  /** The loss that the first contender is to reach, and within how many steps. */
  readonly goal: number;
  readonly steps: number;
  /** The first is whom the experiment is about. */
  readonly contenders: readonly Contender[];
  /** Those of the plane: of the first two values. */
  readonly axes: readonly [Axis, Axis];
  /** With the other values as they are in these. */
  readonly plane: (values: Float64Array) => Plane;
  /** Of all trajectories. */
  readonly problem: Problem;
  /** Time of every stage of the trajectories. */
  readonly times: Float64Array;
  /** Where the trajectories are meant to go; null: nowhere in particular. */
  readonly reference: Bundle | null;
}

export type ExperimentResult =
  | { readonly ok: true; readonly experiment: Experiment }
  | { readonly ok: false; readonly message: string };

/** Row i of each of several. */
export function rowsOf(values: Float64Array, rows: number): Float64Array[] {
  const width = values.length / rows;
  return Array.from({ length: rows }, (_, i) => values.slice(i * width, (i + 1) * width));
}

/** A descent whose theta is what is learned, each step of which takes the same work. */
export async function* pointsOf(
  path: AsyncGenerator<Descent, never>,
  workOfStep: number,
): AsyncGenerator<Point, never> {
  for (;;) {
    const at = (await path.next()).value;
    yield { ...at, slope: Math.hypot(...at.gradient), work: (at.step + 1) * workOfStep, values: at.theta };
  }
}
