/**
 * pow(x, y) = exp(y log x), the logarithm as a sum of two doubles, so that its error times y stays small.
 *
 * With f = m - 1 and s = f/(2 + f) to twice the precision: log m = 2 (s + s^3/3 + s^5 p(s^2)). Special cases as in
 * JavaScript: pow(x, 0) is 1 for every x, and not-a-number else wherever x or y is, or |x| = 1 and y is infinite.
 */
import type { Program } from '../program';
import { abs, copysign, floor, max, min, type Real, real, select } from '../real';
import { ln2Pieces, logarithmTail, thirdWords } from './coefficients';
import { fastTwoSum, type Pair, polynomial, twoProduct } from './compensated';
import { centred, clampExponent, exponentialOf, scaleTwice } from './exponential';

/** log x for finite x > 0. */
function longLog(program: Program, x: Real): Pair {
  const { power, excess } = centred(program, x);
  const divisor = program.let(excess.plus(2));
  const divisorLow = excess.minus(divisor.minus(2)); // exact
  const s = program.let(excess.over(divisor));
  const back = twoProduct(program, s, divisor);
  const residual = excess.minus(back.high).minus(back.low).minus(s.times(divisorLow));
  const sLow = program.let(residual.over(divisor));

  const square = twoProduct(program, s, s);
  const squareLow = program.let(square.low.plus(s.times(sLow).times(2)));
  const tail = square.high.times(polynomial(program, square.high, logarithmTail));
  const factor = fastTwoSum(program, thirdWords[0], tail);
  const factorLow = program.let(factor.low.plus(thirdWords[1]));
  const t = twoProduct(program, square.high, factor.high);
  const tLow = t.low.plus(square.high.times(factorLow)).plus(squareLow.times(factor.high));
  const cubic = twoProduct(program, s, t.high);
  const cubicLow = cubic.low.plus(s.times(tLow)).plus(sLow.times(t.high));
  const half = fastTwoSum(program, s, cubic.high);
  const halfLow = half.low.plus(cubicLow.plus(sLow));

  const lead = fastTwoSum(program, power.times(ln2Pieces[0]), half.high.times(2));
  const rest = lead.low.plus(power.times(ln2Pieces[1])).plus(halfLow.times(2));
  return fastTwoSum(program, lead.high, rest);
}

export function pow(program: Program, x: Real, y: Real): Real {
  const infinity = Number.POSITIVE_INFINITY;
  const magnitude = program.let(abs(x));
  const exponent = program.let(max(min(y, 2 ** 64), -(2 ** 64))); // decides every |x| but 1
  const logarithm = longLog(program, program.let(min(max(magnitude, 5e-324), Number.MAX_VALUE)));
  const product = twoProduct(program, exponent, logarithm.high);
  const high = clampExponent(program, product.high);
  const low = select(high.eq(product.high), product.low.plus(exponent.times(logarithm.low)), 0);
  const result = exponentialOf(program, high, program.let(low));
  const moderate = scaleTwice(program, result.high, result.power);

  const extreme = magnitude.eq(0).or(magnitude.eq(infinity));
  const growing = magnitude
    .gt(1)
    .and(y.gt(0))
    .or(magnitude.lt(1).and(y.lt(0)));
  const size = program.let(select(extreme, select(growing, infinity, 0), moderate));

  const half = program.let(y.times(0.5));
  const whole = y.eq(floor(y));
  const odd = whole.and(half.ne(floor(half)));
  const signed = select(odd, copysign(size, x), size);
  const undefinedHere = x
    .ne(x)
    .or(y.ne(y))
    .or(magnitude.eq(1).and(abs(y).eq(infinity)))
    .or(x.lt(0).and(whole.not()).and(extreme.not()));
  return select(y.eq(0), real(1), select(undefinedHere, Number.NaN, signed));
}
