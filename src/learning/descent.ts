/** Descent along a gradient, step by step, so that whoever looks on may pause, go on or stop. */
import { Adam } from './adam';

export interface Value {
  readonly loss: number;
  readonly gradient: Float64Array;
  /** Instances left out of both, and instances whose derivative is doubtful. */
  readonly masked: number;
  readonly doubtful: number;
}

export type Objective = (theta: Float64Array) => Value;

/** A point of the path, and the value there. */
export interface Descent extends Value {
  readonly step: number;
  readonly theta: Float64Array;
}

/**
 * The path from `start`, that point first, without end. Parameters that are positive at the start stay so: their logarithms
 * are what moves, by about `rate` a step; the others move by about `rate` themselves.
 */
export function* descend(objective: Objective, start: ArrayLike<number>, rate: number): Generator<Descent, never> {
  const positive = Array.from(start, (value) => value > 0);
  const point = Float64Array.from(start, (value, j) => (positive[j] ? Math.log(value) : value));
  const adam = new Adam(point.length, rate);
  for (let step = 0; ; step++) {
    const theta = point.map((value, j) => (positive[j] ? Math.exp(value) : value));
    const value = objective(theta);
    yield { ...value, step, theta };
    adam.step(
      point,
      value.gradient.map((slope, j) => (positive[j] ? slope * theta[j] : slope)),
    );
  }
}
