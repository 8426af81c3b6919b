/** A seed as the right-hand side of the adjoint system. */
import type { Executable } from '../kernel';
import type { ConstraintPlaces, Workspace } from '../solver';
import type { Seed } from './sensitivities';

/**
 * The KKT matrix is symmetric once the products are divided by t, and those of violations by v/e: in the unknowns
 * (z, lambda, y, zeta, t, e, v) the rows, signs as in the solver's elimination, are
 *
 *   -r_s,   -r_d,   -r_E,   r_t,   r_c,   r_e - r_v,   -(e/v) r_v.
 *
 * So M a = -s is solved like any Newton step, with the right-hand sides that this writes. The objective is the Lagrangian
 * plus tau sum log t + tau sum log e, whose derivatives are seeds of t and e; the Lagrangian itself is left to the caller.
 */
export function writeSeed(
  w: Workspace,
  kernel: Executable,
  places: readonly ConstraintPlaces[],
  mu: number,
  seed: Seed,
): void {
  const { nx, nz, N } = w;
  const nc = w.stages.problem.controls.length;
  const cleared = (name: string): Float64Array => kernel.buffer(name).fill(0);
  const stationarity = cleared('rhs.stationarity');
  const dynamics = cleared('rhs.dynamics');
  const equalities = cleared('rhs.equalities');
  const sides = cleared('rhs.sides');
  const products = cleared('rhs.complementarity');
  const penalty = cleared('rhs.penalty');
  const violation = cleared('rhs.violation');

  const spread = (from: ArrayLike<number> | undefined, width: number, stages: number, offset: number): void => {
    if (!from) return;
    for (let k = 0; k < stages; k++)
      for (let i = 0; i < width; i++) stationarity[k * nz + offset + i] = from[k * width + i];
  };
  spread(seed.x, nx, N + 1, 0);
  spread(seed.u, nc, N, nx);
  spread(seed.algebraics, nz - nx - nc, N, nx + nc);
  if (seed.costates) {
    for (let i = 0; i < (N + 1) * nx; i++) dynamics[i] = seed.costates[i];
    // A free initial state has the costate zero whatever the parameters are.
    for (const i of w.free) dynamics[i] = 0;
  }

  const e = kernel.buffer('e');
  const v = kernel.buffer('v');
  for (const { name, ...weights } of seed.constraints ?? [])
    for (const { kind, source, numbers } of places.find((place) => place.name === name)?.parts ?? []) {
      const from = weights[kind];
      if (!from) continue;
      numbers.forEach((number, i) => {
        if (source === 'y') equalities[number] += from[i];
        else if (source === 'zeta') sides[number] -= from[i];
        else if (source === 'e') penalty[number] -= from[i];
        else {
          const pull = (v[number] / e[number]) * from[i];
          violation[number] += pull;
          penalty[number] += pull;
        }
      });
    }

  const weight = seed.objective ?? 0;
  if (weight === 0) return;
  const t = kernel.buffer('t');
  for (let i = 0; i < w.sides; i++) products[i] -= (weight * mu) / t[i];
  for (let i = 0; i < w.softSides; i++) penalty[i] -= (weight * mu) / e[i];
}
