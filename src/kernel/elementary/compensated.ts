/**
 * Sums and products with their rounding errors (Muller et al., Handbook of Floating-Point Arithmetic, chapter 4), and
 * polynomials. No target is assumed to have a fused multiply-add.
 */
import type { Program } from '../program';
import { type Real, type Realish, real } from '../real';

/** The exact number high + low. */
export interface Pair {
  readonly high: Real;
  readonly low: Real;
}

/** a + b exactly, where |a| >= |b|, or a is 0, or a is a multiple of the last place of b. */
export function fastTwoSum(program: Program, a: Realish, b: Realish): Pair {
  const [first, second] = [program.let(a), program.let(b)];
  const high = program.let(first.plus(second));
  return { high, low: program.let(first.minus(high).plus(second)) };
}

/** a + b exactly. */
export function twoSum(program: Program, a: Realish, b: Realish): Pair {
  const [first, second] = [program.let(a), program.let(b)];
  const high = program.let(first.plus(second));
  const part = program.let(high.minus(first));
  return { high, low: program.let(first.minus(high.minus(part)).plus(second.minus(part))) };
}

/** a b exactly, where nothing over- or underflows: halves of 26 bits have exact products (Veltkamp, Dekker). */
export function twoProduct(program: Program, a: Realish, b: Realish): Pair {
  const [first, second] = [program.let(a), program.let(b)];
  const high = program.let(first.times(second));
  const [p, q] = [split(program, first), split(program, second)];
  const cross = p.high.times(q.low).plus(p.low.times(q.high));
  const low = p.high.times(q.high).minus(high).plus(cross).plus(p.low.times(q.low));
  return { high, low: program.let(low) };
}

function split(program: Program, a: Real): Pair {
  const shifted = program.let(a.times(2 ** 27 + 1));
  const high = program.let(shifted.minus(shifted.minus(a)));
  return { high, low: program.let(a.minus(high)) };
}

/** The polynomial of x, constant coefficient first: even and odd powers apart, each by Horner's rule, so that they overlap. */
export function polynomial(program: Program, x: Real, coefficients: readonly number[]): Real {
  const square = program.let(x.times(x));
  const horner = (first: number): Real => {
    let sum: Real | null = null;
    for (let i = coefficients.length - 1; i >= 0; i--)
      if (i % 2 === first) sum = sum === null ? real(coefficients[i]) : sum.times(square).plus(coefficients[i]);
    return sum ?? real(0);
  };
  return program.let(horner(0).plus(horner(1).times(x)));
}
