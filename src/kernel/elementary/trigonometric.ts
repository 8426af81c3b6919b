/**
 * sin, cos, tan: x = k pi/2 + r with |r| <= pi/4, and polynomials in r.
 *
 * r comes as high + low, with errors below 2^-112: no double nearer to a multiple of pi/2 than 2^-62 exists, so that
 * sines keep all their digits next to their zeros (Cody & Waite, Software Manual for the Elementary Functions;
 * Muller, Elementary Functions, chapter 11). From 2^45 on, where neighbouring doubles are 0.008 apart or more, the
 * result is not-a-number.
 */
import type { Program } from '../program';
import { abs, floor, nearest, type Real, real, select } from '../real';
import { cosine, halfPiPieces, halfPiWords, sine } from './coefficients';
import { fastTwoSum, type Pair, polynomial, twoProduct, twoSum } from './compensated';

/** Quotients by pi/2 are below 2^20 up to here. */
const MODERATE = 1.6e6;
const LARGEST = 2 ** 45;

interface Reduced extends Pair {
  /** The whole number k. */
  readonly quarters: Real;
}

function reduce(program: Program, x: Real): Reduced {
  const quarters = program.let(nearest(x.times(2 / Math.PI)));
  const high = program.variable();
  const low = program.variable();
  program.if(
    abs(x).lt(MODERATE),
    () => {
      const reduced = reduceModerate(program, x, quarters);
      high.set(reduced.high);
      low.set(reduced.low);
    },
    () => {
      const reduced = reduceLarge(program, x, quarters);
      high.set(select(abs(x).lt(LARGEST), reduced.high, Number.NaN));
      low.set(reduced.low);
    },
  );
  return { quarters, high: program.let(high), low: program.let(low) };
}

/** Products with the first three pieces of pi/2 are exact. */
function reduceModerate(program: Program, x: Real, quarters: Real): Pair {
  const [first, second, third, fourth] = halfPiPieces;
  const a = program.let(x.minus(quarters.times(first))); // exact
  const b = fastTwoSum(program, a, quarters.times(-second));
  const c = fastTwoSum(program, b.high, quarters.times(-third));
  return { high: c.high, low: program.let(b.low.plus(c.low).minus(quarters.times(fourth))) };
}

/** The same with exact products of whole doubles. */
function reduceLarge(program: Program, x: Real, quarters: Real): Pair {
  const [first, second, third] = halfPiWords;
  const p = twoProduct(program, quarters, first);
  const q = twoProduct(program, quarters, second);
  const a = twoSum(program, x.minus(p.high), p.low.negated()); // the first difference is exact
  const b = twoSum(program, a.high, q.high.negated());
  const low = a.low.plus(b.low).minus(q.low).minus(quarters.times(third));
  return fastTwoSum(program, b.high, low);
}

/** sin(high + low), for |high| <= pi/4, as a sum of two that is not rounded. */
function sineOf(program: Program, { high, low }: Pair): Pair {
  const square = program.let(high.times(high));
  const cubic = high.times(square).times(polynomial(program, square, sine));
  const slope = real(1).minus(square.times(0.5));
  return { high, low: program.let(cubic.plus(low.times(slope))) };
}

/** cos(high + low), likewise: 1 - high^2/2 is rounded, and what rounding lost is put back. */
function cosineOf(program: Program, { high, low }: Pair): Pair {
  const square = program.let(high.times(high));
  const half = program.let(square.times(0.5));
  const lead = program.let(real(1).minus(half));
  const lost = real(1).minus(lead).minus(half);
  const quartic = square.times(square).times(polynomial(program, square, cosine));
  return { high: lead, low: program.let(lost.plus(quartic.minus(high.times(low)))) };
}

/** sin(x + shift pi/2) */
function shiftedSine(program: Program, x: Real, shift: number): Real {
  const reduced = reduce(program, x);
  const [s, c] = [sineOf(program, reduced), cosineOf(program, reduced)];
  const halfTurns = program.let(reduced.quarters.plus(shift).times(0.5));
  const wholeHalfTurns = program.let(floor(halfTurns));
  const turns = program.let(wholeHalfTurns.times(0.5));
  const magnitude = program.let(select(halfTurns.eq(wholeHalfTurns), s.high.plus(s.low), c.high.plus(c.low)));
  return select(turns.eq(floor(turns)), magnitude, magnitude.negated());
}

export function sin(program: Program, x: Real): Real {
  return select(x.eq(0), x, shiftedSine(program, x, 0)); // keeps the sign of zero
}

export function cos(program: Program, x: Real): Real {
  return shiftedSine(program, x, 1);
}

/** sin r / cos r, or -cos r / sin r: the quotient of the leading parts, corrected by the others. */
export function tan(program: Program, x: Real): Real {
  const reduced = reduce(program, x);
  const [s, c] = [sineOf(program, reduced), cosineOf(program, reduced)].map((pair) =>
    fastTwoSum(program, pair.high, pair.low),
  );
  const half = program.let(reduced.quarters.times(0.5));
  const even = half.eq(floor(half));
  const above = program.let(select(even, s.high, c.high.negated()));
  const aboveLow = select(even, s.low, c.low.negated());
  const below = program.let(select(even, c.high, s.high));
  const belowLow = select(even, c.low, s.low);
  const quotient = program.let(above.over(below));
  const correction = aboveLow.minus(quotient.times(belowLow)).over(below);
  return select(x.eq(0), x, quotient.plus(correction));
}
