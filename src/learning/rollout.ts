/** A plant under any policy, undisturbed: x_{k+1} = F(x_k, pi(x_k)). */
import type { Plant } from './plant';

export interface Rollout {
  /** [K+1][nx] */
  readonly x: Float64Array;
  /** [K][nu] */
  readonly u: Float64Array;
  readonly cost: number;
  /** The largest violation of any constraint. */
  readonly violation: number;
}

/** `policy`: the controls [nu] in a state [nx]. */
export function rollout(
  plant: Plant,
  policy: (state: Float64Array) => ArrayLike<number>,
  initial: ArrayLike<number>,
  samples: number,
): Rollout {
  const { nx, nu } = plant;
  const x = new Float64Array((samples + 1) * nx);
  const u = new Float64Array(samples * nu);
  const violations = new Float64Array(plant.constraints.length);
  let [cost, violation] = [0, 0];
  x.set(initial);
  for (let k = 0; k < samples; k++) {
    const state = x.subarray(k * nx, (k + 1) * nx);
    const control = u.subarray(k * nu, (k + 1) * nu);
    control.set(policy(state));
    cost += plant.cost(state, control);
    plant.violations(state, control, violations);
    violation = Math.max(violation, ...violations);
    plant.step(state, control, x.subarray((k + 1) * nx, (k + 2) * nx));
  }
  cost += plant.cost(x.subarray(samples * nx), null);
  return { x, u, cost, violation };
}
