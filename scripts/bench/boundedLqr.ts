/** The batch of input-bounded LQR problems that differentiable MPC is compared on, with its exact answers. */
import { readFileSync } from 'node:fs';

type Matrix = readonly (readonly number[])[];

export interface BoundedLqrCase {
  readonly umax: number;
  /** [batch][N][nu] */
  readonly u: readonly Matrix[];
  /** Of the sum of u_0, summed over all instances; H is that of the cost z'Hz/2, z = (x, u). */
  readonly gradient_sum: {
    readonly gA: Matrix;
    readonly gB: Matrix;
    readonly gb: readonly number[];
    readonly gH: Matrix;
  };
  /** max(multiplier, slack) where it is smallest, [batch]. */
  readonly strictComplementarity: readonly number[];
}

export interface BoundedLqrBatch {
  readonly dims: { readonly nx: number; readonly nu: number; readonly N: number; readonly batch: number };
  readonly A: Matrix;
  readonly B: Matrix;
  readonly b: readonly number[];
  readonly Q: Matrix;
  readonly R: Matrix;
  /** [batch][nx] */
  readonly x0: Matrix;
  readonly cases: readonly BoundedLqrCase[];
}

export function readBoundedLqr(file: string): BoundedLqrBatch {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** A, B, b and H = blockdiag(Q, R), in this order: the 248 parameters of an instance. */
export function lqrParameters({ A, B, b, Q, R }: BoundedLqrBatch): number[] {
  const size = Q.length + R.length;
  const H = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i < Q.length ? (Q[i][j] ?? 0) : (R[i - Q.length][j - Q.length] ?? 0))),
  );
  return [...A.flat(), ...B.flat(), ...b, ...H.flat()];
}

export function exactGradient({ gradient_sum: { gA, gB, gb, gH } }: BoundedLqrCase): number[] {
  return [...gA.flat(), ...gB.flat(), ...gb, ...gH.flat()];
}
