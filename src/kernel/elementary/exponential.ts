/**
 * exp: x = k ln 2 + r with |r| <= ln(2)/2, exp x = 2^k exp r.
 * log: x = 2^k m with m between 1/sqrt 2 and sqrt 2, log x = k ln 2 + log m, by s = (m - 1)/(m + 1).
 */
import type { Program } from '../program';
import { exponent, floor, nearest, type Real, real, scale, select, significand } from '../real';
import { exponential, ln2Pieces, logarithm } from './coefficients';
import { fastTwoSum, type Pair, polynomial } from './compensated';

/** 2^power (high + low), high nearly 1 to a factor of sqrt 2 and low at most half a unit in its last place. */
export interface Scaled extends Pair {
  readonly power: Real;
}

/** Beyond these, exp is infinite or 0. */
const LOWEST = -750;
const HIGHEST = 710;

/** Into the range where exp neither overflows nor vanishes, and a little more; not-a-number passes. */
export function clampExponent(program: Program, x: Real): Real {
  return program.let(select(x.gt(HIGHEST), HIGHEST, select(x.lt(LOWEST), LOWEST, x)));
}

/** exp(high + low), for clamped high and low small beside it. */
export function exponentialOf(program: Program, high: Real, low: Real): Scaled {
  const power = program.let(nearest(high.times(Math.LOG2E)));
  const lead = program.let(high.minus(power.times(ln2Pieces[0]))); // exact
  const rest = fastTwoSum(program, lead, low.minus(power.times(ln2Pieces[1])));
  const r = rest.high;
  const tail = r.times(r).times(polynomial(program, r, exponential));
  const sum = fastTwoSum(program, 1, r);
  return { power, ...fastTwoSum(program, sum.high, tail.plus(rest.low).plus(sum.low)) };
}

/** value 2^power in two steps, so that neither power of two overflows where the product does not. */
export function scaleTwice(program: Program, value: Real, power: Real): Real {
  const half = program.let(floor(power.times(0.5)));
  return scale(scale(value, half), power.minus(half));
}

export function exp(program: Program, x: Real): Real {
  const { power, high } = exponentialOf(program, clampExponent(program, x), real(0));
  return scaleTwice(program, high, power);
}

/** The parts of x > 0, finite: x = 2^power (1 + excess), excess exact. */
export function centred(program: Program, x: Real): { readonly power: Real; readonly excess: Real } {
  const subnormal = x.lt(2 ** -1022);
  const normal = program.let(select(subnormal, x.times(2 ** 54), x));
  const m = program.let(significand(normal));
  const upper = m.gt(Math.SQRT2);
  const shift = select(subnormal, -54, 0);
  return {
    power: program.let(
      exponent(normal)
        .plus(select(upper, 1, 0))
        .plus(shift),
    ),
    excess: program.let(select(upper, m.times(0.5), m).minus(1)),
  };
}

/** With f = m - 1: log m = 2 s + s^3 p(s^2) = f - s (f - s^2 p(s^2)). */
export function log(program: Program, x: Real): Real {
  const { power, excess } = centred(program, x);
  const s = program.let(excess.over(excess.plus(2)));
  const square = program.let(s.times(s));
  const rest = program.let(s.times(excess.minus(square.times(polynomial(program, square, logarithm)))));
  const lead = fastTwoSum(program, power.times(ln2Pieces[0]), excess);
  const value = lead.high.plus(lead.low.minus(rest.minus(power.times(ln2Pieces[1]))));
  const infinity = Number.POSITIVE_INFINITY;
  return select(x.gt(0), select(x.lt(infinity), value, x), select(x.eq(0), -infinity, Number.NaN));
}
