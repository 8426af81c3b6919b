/**
 * Collocation methods as Runge-Kutta tableaus: a_ij = int_0^{c_i} l_j, b_j = int_0^1 l_j, with l_j the Lagrange
 * polynomials of the nodes c. Gauss-Legendre takes the roots of the Legendre polynomial P_s (order 2s), Radau IIA those
 * of P_s - P_{s-1}, the last of them 1 (order 2s - 1, stiffly accurate). (Hairer & Wanner, Solving Ordinary
 * Differential Equations II, IV.5.)
 */
import type { Tableau } from './tableau';

export type CollocationFamily = 'gauss-legendre' | 'radau';

export function collocation(family: CollocationFamily, stages: number): Tableau {
  const nodes = nodesOf(family, stages);
  const polynomials = nodes.map((_, j) => integral(lagrange(nodes, j)));
  return {
    a: nodes.map((c) => polynomials.map((p) => valueAt(p, c))),
    b: polynomials.map((p) => valueAt(p, 1)),
  };
}

/** Roots in (0, 1], ascending, by Newton's method from Chebyshev points. */
function nodesOf(family: CollocationFamily, s: number): number[] {
  const value = (t: number): number => legendre(s, t) - (family === 'radau' ? legendre(s - 1, t) : 0);
  const slope = (t: number): number => legendreSlope(s, t) - (family === 'radau' ? legendreSlope(s - 1, t) : 0);
  const free = family === 'radau' ? s - 1 : s;
  const found = Array.from({ length: free }, (_, i) => {
    let t = -Math.cos((Math.PI * (i + 0.75)) / (s + 0.5));
    for (let k = 0; k < 50; k++) t -= value(t) / slope(t);
    return (t + 1) / 2;
  });
  return family === 'radau' ? [...found, 1] : found;
}

/** P_n(t) by its three-term recurrence. */
function legendre(n: number, t: number): number {
  let [before, present] = [1, t];
  if (n === 0) return before;
  for (let k = 1; k < n; k++) [before, present] = [present, ((2 * k + 1) * t * present - k * before) / (k + 1)];
  return present;
}

function legendreSlope(n: number, t: number): number {
  return n === 0 ? 0 : (n * (t * legendre(n, t) - legendre(n - 1, t))) / (t * t - 1);
}

/** Polynomials as coefficients, lowest degree first. */
type Polynomial = readonly number[];

function lagrange(nodes: readonly number[], j: number): Polynomial {
  return nodes.reduce<Polynomial>(
    (product, c, i) => (i === j ? product : multiplyLinear(product, -c / (nodes[j] - c), 1 / (nodes[j] - c))),
    [1],
  );
}

/** p(t) (constant + linear t) */
function multiplyLinear(p: Polynomial, constant: number, linear: number): Polynomial {
  return [...p, 0].map((value, i) => value * constant + (i > 0 ? p[i - 1] * linear : 0));
}

function integral(p: Polynomial): Polynomial {
  return [0, ...p.map((value, i) => value / (i + 1))];
}

function valueAt(p: Polynomial, t: number): number {
  return p.reduceRight((sum, value) => sum * t + value, 0);
}
