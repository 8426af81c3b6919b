/** A Runge-Kutta step by the formulas of each method, on any kind of value: numbers, complex numbers, expressions. */
import type { Algebra } from '../../expression/testing/recipes';
import type { ExplicitIntegrator } from '../problem';

/** x after `substeps` steps of x' = slope(x), each of the given length. */
export function integrate<V>(
  algebra: Algebra<V>,
  method: ExplicitIntegrator,
  slope: (x: readonly V[]) => readonly V[],
  start: readonly V[],
  length: V,
  substeps: number,
): V[] {
  const times = (a: number, b: V): V => algebra.binary('mul', algebra.constant(a), b);
  /** x + length sum_j share_j k_j */
  const move = (x: readonly V[], ...slopes: (readonly [share: number, k: readonly V[]])[]): V[] =>
    x.map((xi, i) =>
      slopes.reduce(
        (sum, [share, k]) => algebra.binary('add', sum, algebra.binary('mul', length, times(share, k[i]))),
        xi,
      ),
    );
  const step: { readonly [M in ExplicitIntegrator]: (x: readonly V[]) => V[] } = {
    rk1: (x) => move(x, [1, slope(x)]),
    rk2: (x) => move(x, [1, slope(move(x, [1 / 2, slope(x)]))]),
    rk3: (x) => {
      const k1 = slope(x);
      const k2 = slope(move(x, [1 / 3, k1]));
      const k3 = slope(move(x, [2 / 3, k2]));
      return move(x, [1 / 4, k1], [3 / 4, k3]);
    },
    rk4: (x) => {
      const k1 = slope(x);
      const k2 = slope(move(x, [1 / 2, k1]));
      const k3 = slope(move(x, [1 / 2, k2]));
      const k4 = slope(move(x, [1, k3]));
      return move(x, [1 / 6, k1], [1 / 3, k2], [1 / 3, k3], [1 / 6, k4]);
    },
  };
  let x = [...start];
  for (let s = 0; s < substeps; s++) x = step[method](x);
  return x;
}
