/** From a problem to its elastic one and back (see elastic.ts of the problems): the aids are its last controls. */
import type { Trajectory } from './solution';
import type { Workspace } from './workspace';

/**
 * A trajectory of the problem as a start of the elastic one: what the dynamics leave, `defects` [N+1][nx] as F_k - x_{k+1}
 * in row k+1, becomes the aid, so that the start is nearly feasible. `times` of the nodes [N+1].
 */
export function withAids(
  { N, nx, stages }: Workspace,
  path: Trajectory,
  defects: Float64Array,
  times: Float64Array,
): Trajectory {
  const { controls, dynamics } = stages.problem;
  const width = controls.length + nx;
  const { x, u } = withControls(path, N, width);
  for (let k = 0; k < N; k++) {
    const length = dynamics.kind === 'discrete' ? 1 : times[k + 1] - times[k];
    for (let i = 0; i < nx; i++) {
      const aid = -defects[(k + 1) * nx + i] / length;
      if (Number.isFinite(aid)) u[k * width + controls.length + i] = aid;
    }
  }
  return { x, u };
}

/** The same trajectory over N steps with so many controls: the last ones are left out, or are 0. */
export function withControls({ x, u }: Trajectory, N: number, count: number): Trajectory {
  const given = u.length / N;
  const kept = new Float64Array(N * count);
  for (let k = 0; k < N; k++) kept.set(u.subarray(k * given, k * given + Math.min(given, count)), k * count);
  return { x, u: kept };
}
