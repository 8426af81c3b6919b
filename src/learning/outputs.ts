/** What the layer returns of each solution, and cotangents of it as a seed of the adjoint. */
import type { Problem } from '../problem';
import type { Seed } from '../sensitivity';
import type { Solution } from '../solver';

/** First control u_0 [nu], states [N+1][nx], controls [N][nu], optimal value [1]; each behind the batch. */
export type OutputName = 'u0' | 'x' | 'u' | 'objective';

/** Row-major, the instance first. */
export type LayerArrays<O extends OutputName> = Readonly<Record<O, Float64Array>>;

export class OutputMap<O extends OutputName> {
  private readonly widths: Readonly<Record<OutputName, number>>;
  private readonly controls: number;

  constructor(
    { states, controls, horizon }: Problem,
    readonly names: readonly O[],
  ) {
    const [nx, nu, N] = [states.length, controls.length, horizon.steps];
    this.widths = { u0: nu, x: (N + 1) * nx, u: N * nu, objective: 1 };
    this.controls = N * nu;
  }

  /** Numbers of one instance. */
  width(name: OutputName): number {
    return this.widths[name];
  }

  zeros(batch: number): LayerArrays<O> {
    const arrays = this.names.map((name) => [name, new Float64Array(batch * this.widths[name])]);
    return Object.fromEntries(arrays) as LayerArrays<O>;
  }

  write(target: LayerArrays<O>, i: number, solution: Solution): void {
    const values = {
      u0: solution.u.subarray(0, this.widths.u0),
      x: solution.x,
      u: solution.u,
      objective: [solution.objective],
    };
    for (const name of this.names) target[name].set(values[name], i * this.widths[name]);
  }

  /** The seed of instance i; null where all its cotangents are zero. Those of u0 and u add up. */
  seed(cotangents: Partial<LayerArrays<O>>, i: number): Seed | null {
    const given: Partial<LayerArrays<OutputName>> = cotangents;
    const row = (name: OutputName): Float64Array | undefined =>
      given[name]?.subarray(i * this.widths[name], (i + 1) * this.widths[name]);
    const [u0, x, objective] = [row('u0'), row('x'), row('objective')];
    let u = row('u');
    if (u0) {
      u = u?.slice() ?? new Float64Array(this.controls);
      for (let j = 0; j < u0.length; j++) u[j] += u0[j];
    }
    const moves = [x, u, objective].some((values) => values?.some((value) => value !== 0));
    return moves ? { x, u, objective: objective?.[0] } : null;
  }
}
