/** An objective whose gradient is found by evaluating it twice a parameter: central differences, f(x + h e) - f(x - h e) over 2h. */
import type { Objective } from '../descent';

/** Relative to the size of each parameter. */
const step = 1e-4;

export function byDifferences(objective: Objective): Objective {
  return (theta, samples) => {
    const { loss, failed } = objective(theta, samples);
    const moved = (j: number, h: number) =>
      objective(
        theta.map((value, i) => (i === j ? value + h : value)),
        samples,
      ).loss;
    const slope = (j: number): number => {
      const h = step * Math.max(Math.abs(theta[j]), step);
      return (moved(j, h) - moved(j, -h)) / (2 * h);
    };
    return { loss, failed, slope: () => ({ gradient: theta.map((_, j) => slope(j)), masked: 0, doubtful: 0 }) };
  };
}
