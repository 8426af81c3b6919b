/** Dense linear algebra for references, on ml-matrix. */
import { EigenvalueDecomposition, inverse, Matrix, SingularValueDecomposition } from 'ml-matrix';

/** Smallest eigenvalue of a symmetric matrix; infinite for the empty one. */
export function smallestEigenvalue(symmetric: Matrix): number {
  if (symmetric.rows === 0) return Number.POSITIVE_INFINITY;
  return Math.min(...new EigenvalueDecomposition(symmetric, { assumeSymmetric: true }).realEigenvalues);
}

/** A^(-1/2) of a symmetric positive definite matrix. */
export function inverseRoot(definite: Matrix): Matrix {
  const { eigenvectorMatrix: Q, realEigenvalues } = new EigenvalueDecomposition(definite, { assumeSymmetric: true });
  return Q.mmul(Matrix.diag(realEigenvalues.map((value) => 1 / Math.sqrt(value)))).mmul(Q.transpose());
}

/** Least-squares solution of smallest norm. */
export function solve(A: Matrix, b: readonly number[]): number[] {
  return inverse(A, true)
    .mmul(Matrix.columnVector([...b]))
    .to1DArray();
}

/** How far b is from what A reaches. */
export function distanceFromRange(A: Matrix, b: readonly number[]): number {
  const reached = A.columns === 0 ? b.map(() => 0) : A.mmul(Matrix.columnVector(solve(A, b))).to1DArray();
  return Math.hypot(...b.map((value, i) => value - reached[i]));
}

/** The smallest that is not zero. */
export function smallestSingularValue(A: Matrix): number {
  const { diagonal } = new SingularValueDecomposition(A, { autoTranspose: true });
  return Math.min(...diagonal.filter((value) => value > 1e-12 * Math.max(...diagonal)));
}
