/** sinh, cosh, tanh: polynomials near 0, exponentials beyond. */
import type { Program } from '../program';
import { abs, copysign, max, type Real, real, scale, select } from '../real';
import { hyperbolicSine, hyperbolicTangent } from './coefficients';
import { fastTwoSum, polynomial } from './compensated';
import { clampExponent, exponentialOf, type Scaled, scaleTwice } from './exponential';

/** The argument from which on sinh and cosh are infinite; exp of it is just beyond its own range. */
const INFINITE = 711;

/** exp |x|, with one power of two to spare beyond the range of exp. */
function exponentialOfMagnitude(program: Program, x: Real): Scaled {
  const magnitude = program.let(abs(x));
  return exponentialOf(program, program.let(select(magnitude.gt(INFINITE), INFINITE, magnitude)), real(0));
}

/** 2^(-2 power) / (high + low), to a rounding error or two. */
function reciprocal(program: Program, { power, high, low }: Scaled): Real {
  const inverse = program.let(real(1).over(high));
  const corrected = inverse.minus(inverse.times(inverse.times(low)));
  return program.let(scale(corrected, max(power.times(-2), -1022)));
}

export function sinh(program: Program, x: Real): Real {
  const e = exponentialOfMagnitude(program, x);
  const sum = fastTwoSum(program, e.high, reciprocal(program, e).negated());
  const large = scaleTwice(program, sum.high.plus(sum.low.plus(e.low)), program.let(e.power.minus(1)));
  const square = program.let(x.times(x));
  const small = x.plus(x.times(square.times(polynomial(program, square, hyperbolicSine))));
  return select(abs(x).lt(1), small, copysign(large, x));
}

export function cosh(program: Program, x: Real): Real {
  const e = exponentialOfMagnitude(program, x);
  const sum = fastTwoSum(program, e.high, reciprocal(program, e));
  return scaleTwice(program, sum.high.plus(sum.low.plus(e.low)), program.let(e.power.minus(1)));
}

/** Beyond the polynomial: 1 - 2 / (exp(2 |x|) + 1). */
export function tanh(program: Program, x: Real): Real {
  const { power, high, low } = exponentialOf(program, clampExponent(program, program.let(abs(x).times(2))), real(0));
  const two = scaleTwice(program, high, power).plus(scaleTwice(program, low, power).plus(1));
  const large = real(1).minus(real(2).over(two));
  const square = program.let(x.times(x));
  const small = x.plus(x.times(square.times(polynomial(program, square, hyperbolicTangent))));
  return copysign(select(abs(x).lt(0.625), small, large), x);
}
