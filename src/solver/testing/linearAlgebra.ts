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

export function condition(A: Matrix): number {
  return new SingularValueDecomposition(A).condition;
}
