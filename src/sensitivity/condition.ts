/**
 * Estimated condition number of the KKT matrix of the active set, |K| |K^-1| in the 1-norm, by solving with it a few times
 * (Hager 1984; Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., algorithm 15.1). K is symmetric, so
 * that one and the same solve serves for K^-1 and its transpose.
 */
import type { Executable } from '../kernel';
import type { KktTriplets } from './activeKkt';

const MOST_SOLVES = 5;

export function estimateCondition(kernel: Executable, { size, norm, write, read }: KktTriplets): number {
  const solve = (right: Float64Array): Float64Array => {
    write(right);
    kernel.run('kkt.solve');
    return read();
  };
  const sum = (vector: Float64Array): number => vector.reduce((total, value) => total + Math.abs(value), 0);
  let x: Float64Array = new Float64Array(size).fill(1 / size);
  let estimate = 0;
  for (let i = 0; i < MOST_SOLVES; i++) {
    const y = solve(x);
    const found = sum(y);
    if (!(found > estimate)) break;
    estimate = found;
    const z = solve(y.map((value) => (value < 0 ? -1 : 1)));
    const largest = z.reduce((most, value, j) => (Math.abs(value) > Math.abs(z[most]) ? j : most), 0);
    if (Math.abs(z[largest]) <= z.reduce((dot, value, j) => dot + value * x[j], 0)) break;
    x = new Float64Array(size);
    x[largest] = 1;
  }
  return norm * estimate;
}
