/** An objective whose gradient is found by evaluating it twice a parameter: central differences, f(x + h e) - f(x - h e) over 2h. */
import type { Objective, Slope } from '../descent';

/** Relative to the size of each parameter. */
const step = 1e-4;

export function byDifferences(objective: Objective): Objective {
  return async (theta, samples) => {
    const { loss, failed } = await objective(theta, samples);
    const moved = async (j: number, h: number): Promise<number> => {
      const at = theta.map((value, i) => (i === j ? value + h : value));
      return (await objective(at, samples)).loss;
    };
    const slope = async (): Promise<Slope> => {
      const gradient = new Float64Array(theta.length);
      for (const j of theta.keys()) {
        const h = step * Math.max(Math.abs(theta[j]), step);
        gradient[j] = ((await moved(j, h)) - (await moved(j, -h))) / (2 * h);
      }
      return { gradient, masked: 0, doubtful: 0 };
    };
    return { loss, failed, slope };
  };
}
