/** A seed as the right-hand side of the adjoint system. */
import type { Executable } from '../kernel';
import { type ConstraintPlaces, scalars, type Workspace } from '../solver';
import { names } from './forward';
import type { ConstraintSeed, Seed } from './sensitivities';

/**
 * The KKT matrix is symmetric once the products are divided by t, and those of violations by v/e: in the unknowns
 * (z, lambda, y, zeta, t, e, v) the rows, signs as in the solver's elimination, are
 *
 *   -r_s,   -r_d,   -r_E,   r_t,   r_c,   r_e - r_v,   -(e/v) r_v.
 *
 * So M a = -s is solved like any Newton step, with the right-hand sides that this writes. The objective is the Lagrangian
 * plus tau sum log t + tau sum log e, whose derivatives are seeds of t and e; the Lagrangian itself is left to the caller.
 */
export class SeedWriter {
  private readonly rhs;
  private readonly iterate;
  private readonly mu: Float64Array;
  private readonly places: ReadonlyMap<string, ConstraintPlaces>;

  constructor(
    private readonly w: Workspace,
    private readonly kernel: Executable,
    places: readonly ConstraintPlaces[],
  ) {
    const buffer = (name: string): Float64Array => kernel.buffer(name);
    this.rhs = {
      stationarity: buffer('rhs.stationarity'),
      dynamics: buffer('rhs.dynamics'),
      equalities: buffer('rhs.equalities'),
      sides: buffer('rhs.sides'),
      products: buffer('rhs.complementarity'),
      penalty: buffer('rhs.penalty'),
      violation: buffer('rhs.violation'),
    };
    this.iterate = { t: buffer('t'), e: buffer('e'), v: buffer('v') };
    this.mu = buffer(scalars.mu);
    this.places = new Map(places.map((place) => [place.name, place]));
  }

  write(seed: Seed): void {
    const { nx, nz, N, stages } = this.w;
    const nc = stages.problem.controls.length;
    this.kernel.run(names.clear);
    this.spread(seed.x, nx, N + 1, 0);
    this.spread(seed.u, nc, N, nx);
    this.spread(seed.algebraics, nz - nx - nc, N, nx + nc);
    if (seed.costates) {
      const { dynamics } = this.rhs;
      dynamics.set(seed.costates);
      // A free initial state has the costate zero whatever the parameters are.
      for (const i of this.w.free) dynamics[i] = 0;
    }
    if (seed.constraints) for (const weights of seed.constraints) this.constrain(weights);
    if (seed.objective) this.weighObjective(seed.objective);
  }

  private spread(from: ArrayLike<number> | undefined, width: number, stages: number, offset: number): void {
    if (!from) return;
    const { stationarity } = this.rhs;
    const { nz } = this.w;
    for (let k = 0; k < stages; k++)
      for (let i = 0; i < width; i++) stationarity[k * nz + offset + i] = from[k * width + i];
  }

  private constrain({ name, ...weights }: ConstraintSeed): void {
    const { equalities, sides, penalty, violation } = this.rhs;
    const { e, v } = this.iterate;
    for (const { kind, source, numbers } of this.places.get(name)?.parts ?? []) {
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
  }

  private weighObjective(weight: number): void {
    const { products, penalty } = this.rhs;
    const { t, e } = this.iterate;
    const held = weight * this.mu[0];
    for (let i = 0; i < t.length; i++) products[i] -= held / t[i];
    for (let i = 0; i < e.length; i++) penalty[i] -= held / e[i];
  }
}
