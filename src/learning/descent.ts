/** Descent along a gradient, step by step, so that whoever looks on may pause, go on or stop. */
import { Adam } from './adam';
import { Coordinates } from './coordinates';
import type { Awaitable } from './layer';

/** A gradient, and how many instances were left out of it, or have a doubtful derivative in it. */
export interface Slope {
  readonly gradient: Float64Array;
  readonly masked: number;
  readonly doubtful: number;
}

export interface Evaluation {
  /** Of the instances with a solution; not a number where none has one. */
  readonly loss: number;
  /** Instances without. */
  readonly failed: number;
  slope(): Awaitable<Slope>;
}

/** Over the samples of these numbers, or all of them. */
export type Objective = (theta: Float64Array, samples?: readonly number[]) => Awaitable<Evaluation>;

export interface DescentOptions {
  /** Length of a step in each coordinate, about. */
  readonly rate: number;
  /** Longer gradients are shortened to this length (Pascanu, Mikolov & Bengio 2013); default: none are. */
  readonly clip?: number;
  /** Parameters that may change their sign; default: what is positive at the start stays so. */
  readonly signed?: boolean;
  /** The samples each step goes by, in turn; default: all of them. */
  readonly batches?: Iterator<readonly number[], never>;
}

/** A point of the path, the loss of all samples there, and the gradient of those that the next step goes by. */
export interface Descent extends Slope {
  readonly step: number;
  readonly theta: Float64Array;
  readonly loss: number;
  /** Of all samples. */
  readonly failed: number;
}

/** The path from `start`, that point first, without end. */
export async function* descend(
  objective: Objective,
  start: ArrayLike<number>,
  { rate, clip = Number.POSITIVE_INFINITY, signed = false, batches }: DescentOptions,
): AsyncGenerator<Descent, never> {
  const coordinates = new Coordinates(start, signed);
  const point = coordinates.of(start);
  const adam = new Adam(point.length, rate);
  for (let step = 0; ; step++) {
    const theta = coordinates.back(point);
    const whole = await objective(theta);
    const part = batches ? await objective(theta, batches.next().value) : whole;
    const slope = await part.slope();
    yield { ...slope, step, theta, loss: whole.loss, failed: whole.failed };
    adam.step(point, shortened(coordinates.gradient(theta, slope.gradient), clip));
  }
}

function shortened(gradient: Float64Array, most: number): Float64Array {
  const length = Math.hypot(...gradient);
  return length > most ? gradient.map((slope) => (slope * most) / length) : gradient;
}
