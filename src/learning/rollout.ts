/** Plants side by side under one policy, undisturbed: x_{k+1} = F(x_k, pi(x_k)), with the same states and controls in each. */
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

/** `policy`: the controls [plants][nu] in states [nx], one a plant. */
export function rollout(
  plants: readonly Plant[],
  policy: (states: readonly Float64Array[]) => Float64Array,
  initial: ArrayLike<number>,
  samples: number,
): Rollout[] {
  const { nx, nu } = plants[0];
  const runs = plants.map(({ constraints }) => ({
    x: new Float64Array((samples + 1) * nx),
    u: new Float64Array(samples * nu),
    found: new Float64Array(constraints.length),
    cost: 0,
    violation: 0,
  }));
  for (const { x } of runs) x.set(initial);
  const row = (values: Float64Array, k: number, width: number) => values.subarray(k * width, (k + 1) * width);
  for (let k = 0; k < samples; k++) {
    const controls = policy(runs.map(({ x }) => row(x, k, nx)));
    runs.forEach((run, i) => {
      const [state, control] = [row(run.x, k, nx), row(run.u, k, nu)];
      control.set(row(controls, i, nu));
      run.cost += plants[i].cost(state, control);
      plants[i].violations(state, control, run.found);
      run.violation = Math.max(run.violation, ...run.found);
      plants[i].step(state, control, row(run.x, k + 1, nx));
    });
  }
  return runs.map(({ x, u, cost, violation }, i) => ({
    x,
    u,
    cost: cost + plants[i].cost(row(x, samples, nx), null),
    violation,
  }));
}
