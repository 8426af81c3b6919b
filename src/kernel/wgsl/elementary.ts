/**
 * The elementary functions in single precision, in the kernel language. WGSL has functions of these names, but promises
 * little of them (a sine to 2^-11, an arctangent to 4096 units in the last place), and a line search needs better.
 *
 * Reductions and polynomials are those of the double-precision functions (../elementary), which see; the errors of
 * reduction and rounding are not carried along, for nothing keeps a shader's compiler from fusing multiplications with
 * additions. Errors stay below 4 units in the last place; of pow, below 4 (1 + |y log x|); of sin, cos and tan next to
 * their zeros, below 2^-40 in the argument. Beyond 2^17, where neighbouring numbers are 1/64 apart, sines are
 * not-a-number.
 */
import { elementaryNames, isElementary } from '../elementary';
import { polynomial } from '../elementary/compensated';
import type { FunctionCode } from '../ir';
import { Program } from '../program';
import {
  abs,
  copysign,
  exponent,
  floor,
  max,
  min,
  nearest,
  type Real,
  real,
  scale,
  select,
  significand,
  sqrt,
} from '../real';
import {
  arcsine,
  arctangent,
  cosine,
  exponential,
  hyperbolicSine,
  hyperbolicTangent,
  logarithm,
  sine,
} from './coefficients';

const INFINITY = Number.POSITIVE_INFINITY;
const HALF_PI = Math.PI / 2;

/** pi/2 as a sum, the first two of 12 bits: times whole numbers below 2^12 they are exact. */
const halfPi: readonly number[] = [1.57080078125, -4.453584551811218e-6, -8.705515752716053e-10];
/** ln 2 as a sum, the first of 15 bits. */
const ln2: readonly number[] = [0.693145751953125, 1.428606765330187e-6];
const LARGEST_ANGLE = 2 ** 17;
const BLOCK = 2 ** 12;

/** x = quarters pi/2 + rest. */
function reduce(p: Program, x: Real): { quarters: Real; rest: Real } {
  const quarters = p.let(nearest(x.times(2 / Math.PI)));
  const high = p.let(nearest(quarters.times(1 / BLOCK)).times(BLOCK));
  const low = p.let(quarters.minus(high));
  const rest = halfPi.reduce<Real>(
    (left, piece) => p.let(p.let(left.minus(high.times(piece))).minus(low.times(piece))),
    x,
  );
  return { quarters, rest: p.let(select(abs(x).lt(LARGEST_ANGLE), rest, Number.NaN)) };
}

function sineAndCosine(p: Program, rest: Real): { s: Real; c: Real } {
  const square = p.let(rest.times(rest));
  const s = rest.plus(rest.times(square).times(polynomial(p, square, sine)));
  const c = real(1).minus(square.times(0.5).minus(square.times(square).times(polynomial(p, square, cosine))));
  return { s: p.let(s), c: p.let(c) };
}

/** sin(x + shift pi/2) */
function shiftedSine(p: Program, x: Real, shift: number): Real {
  const { quarters, rest } = reduce(p, x);
  const { s, c } = sineAndCosine(p, rest);
  const halfTurns = p.let(quarters.plus(shift).times(0.5));
  const whole = p.let(floor(halfTurns));
  const turns = p.let(whole.times(0.5));
  const magnitude = p.let(select(halfTurns.eq(whole), s, c));
  return select(turns.eq(floor(turns)), magnitude, magnitude.negated());
}

function tan(p: Program, x: Real): Real {
  const { quarters, rest } = reduce(p, x);
  const { s, c } = sineAndCosine(p, rest);
  const half = p.let(quarters.times(0.5));
  const even = half.eq(floor(half));
  return select(even, s, c.negated()).over(select(even, c, s));
}

/** 2^shift exp x. Beyond the clamp it is 0 or infinite, whatever the shift. */
function shiftedExp(p: Program, x: Real, shift: number): Real {
  const clamped = p.let(select(x.gt(95), 95, select(x.lt(-110), -110, x)));
  const power = p.let(nearest(clamped.times(Math.LOG2E)));
  const rest = p.let(clamped.minus(power.times(ln2[0])).minus(power.times(ln2[1])));
  const value = rest.plus(rest.times(rest).times(polynomial(p, rest, exponential))).plus(1);
  return p.let(scale(value, power.plus(shift)));
}

/** The parts of x > 0: x = 2^power (1 + excess), excess between 1/sqrt 2 - 1 and sqrt 2 - 1. */
function centred(p: Program, x: Real): { power: Real; excess: Real } {
  const m = p.let(significand(x));
  const upper = m.gt(Math.SQRT2);
  return {
    power: p.let(exponent(x).plus(select(upper, 1, 0))),
    excess: p.let(select(upper, m.times(0.5), m).minus(1)),
  };
}

/** log(1 + excess) = excess - s (excess - s^2 p(s^2)), s = excess/(2 + excess). */
function logarithmOf(p: Program, excess: Real): Real {
  const s = p.let(excess.over(excess.plus(2)));
  const square = p.let(s.times(s));
  return p.let(excess.minus(s.times(excess.minus(square.times(polynomial(p, square, logarithm))))));
}

function log(p: Program, x: Real): Real {
  const { power, excess } = centred(p, x);
  const value = power.times(ln2[0]).plus(logarithmOf(p, excess).plus(power.times(ln2[1])));
  return select(x.gt(0), select(x.lt(INFINITY), value, x), select(x.eq(0), -INFINITY, Number.NaN));
}

/** x + x^3 p(x^2) */
function odd(p: Program, x: Real, square: Real, coefficients: readonly number[]): Real {
  return x.plus(x.times(square.times(polynomial(p, square, coefficients))));
}

function sinh(p: Program, x: Real): Real {
  const half = shiftedExp(p, p.let(abs(x)), -1);
  const large = half.minus(real(0.25).over(half));
  return select(abs(x).lt(1), odd(p, x, p.let(x.times(x)), hyperbolicSine), copysign(large, x));
}

function cosh(p: Program, x: Real): Real {
  const half = shiftedExp(p, p.let(abs(x)), -1);
  return half.plus(real(0.25).over(half));
}

function tanh(p: Program, x: Real): Real {
  const large = real(1).minus(real(2).over(shiftedExp(p, p.let(abs(x).times(2)), 0).plus(1)));
  const small = odd(p, x, p.let(x.times(x)), hyperbolicTangent);
  return select(abs(x).lt(0.625), small, copysign(large, x));
}

/** asin of |x| up to 1/2, and of sqrt((1 - |x|)/2) beyond. */
function arcs(p: Program, x: Real): { outer: Real; arc: Real } {
  const magnitude = p.let(abs(x));
  const outer = p.let(select(magnitude.gt(0.5), 1, 0));
  const square = p.let(select(outer.gt(0), real(1).minus(magnitude).times(0.5), x.times(x)));
  const root = p.let(select(outer.gt(0), sqrt(square), x));
  return { outer, arc: p.let(odd(p, root, square, arcsine)) };
}

function asin(p: Program, x: Real): Real {
  const { outer, arc } = arcs(p, x);
  return select(outer.gt(0), copysign(real(HALF_PI).minus(arc.times(2)), x), arc);
}

function acos(p: Program, x: Real): Real {
  const { outer, arc } = arcs(p, x);
  const twice = p.let(arc.times(2));
  return select(outer.gt(0), select(x.gt(0), twice, real(Math.PI).minus(twice)), real(HALF_PI).minus(arc));
}

/** The angle of (x, y), both from 0 on, not both 0, turned into [0, pi/2]; see inverse.ts. */
function angle(p: Program, y: Real, x: Real): Real {
  const limit = Math.SQRT2 - 1;
  const low = y.le(x.times(limit));
  const high = x.le(y.times(limit));
  const above = select(low, y, select(high, x.negated(), y.minus(x)));
  const below = select(low, x, select(high, y, y.plus(x)));
  const u = p.let(above.over(below));
  const arc = odd(p, u, p.let(u.times(u)), arctangent);
  return select(low, arc, select(high, real(HALF_PI).plus(arc), real(HALF_PI / 2).plus(arc)));
}

function atan(p: Program, x: Real): Real {
  return copysign(angle(p, p.let(min(abs(x), 2 ** 30)), real(1)), x);
}

function atan2(p: Program, y: Real, x: Real): Real {
  const [b, a] = [p.let(abs(y)), p.let(abs(x))];
  const larger = p.let(max(a, b));
  const infinite = larger.eq(INFINITY);
  const none = larger.eq(0);
  const shift = p.let(select(infinite.or(none), 0, exponent(larger).negated()));
  const above = p.let(select(infinite, select(b.eq(INFINITY), 1, 0), scale(b, shift)));
  const right = p.let(select(infinite, select(a.eq(INFINITY), 1, 0), select(none, 1, scale(a, shift))));
  const turned = p.let(angle(p, above, right));
  const whole = select(copysign(1, x).lt(0), real(Math.PI).minus(turned), turned);
  return select(x.eq(x).and(y.eq(y)), copysign(whole, y), x.plus(y));
}

/** x^y = 2^(y k) exp(y log m): the whole part of y k goes into the power. Special cases as in ../elementary/power.ts. */
function pow(p: Program, x: Real, y: Real): Real {
  const magnitude = p.let(abs(x));
  const { power, excess } = centred(p, p.let(min(max(magnitude, 2 ** -126), 3e38)));
  const bounded = p.let(max(min(y, 2 ** 30), -(2 ** 30)));
  const doublings = p.let(bounded.times(power));
  const whole = p.let(nearest(doublings));
  const exponentRest = doublings
    .minus(whole)
    .times(Math.LN2)
    .plus(bounded.times(logarithmOf(p, excess)));
  const rest = p.let(max(min(exponentRest, 300), -300));
  const doubled = p.let(nearest(rest.times(Math.LOG2E)));
  const left = p.let(rest.minus(doubled.times(ln2[0])).minus(doubled.times(ln2[1])));
  const value = left.plus(left.times(left).times(polynomial(p, left, exponential))).plus(1);
  const moderate = scale(value, max(min(whole.plus(doubled), 254), -252));
  const extreme = magnitude.eq(0).or(magnitude.eq(INFINITY));
  const growing = magnitude
    .gt(1)
    .and(y.gt(0))
    .or(magnitude.lt(1).and(y.lt(0)));
  const size = p.let(select(extreme, select(growing, INFINITY, 0), moderate));
  const integer = y.eq(floor(y));
  const half = p.let(y.times(0.5));
  const signed = select(integer.and(half.ne(floor(half))), copysign(size, x), size);
  const undefinedHere = x
    .ne(x)
    .or(y.ne(y))
    .or(magnitude.eq(1).and(abs(y).eq(INFINITY)))
    .or(x.lt(0).and(integer.not()).and(extreme.not()));
  return select(y.eq(0), real(1), select(undefinedHere, Number.NaN, signed));
}

const unaries = {
  sin: (p: Program, x: Real) => select(x.eq(0), x, shiftedSine(p, x, 0)),
  cos: (p: Program, x: Real) => shiftedSine(p, x, 1),
  exp: (p: Program, x: Real) => shiftedExp(p, x, 0),
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  log,
};
const binaries = { atan2, pow };

/** In place of the double-precision functions among these; others stay as they are. */
export function inSinglePrecision(functions: readonly FunctionCode[]): readonly FunctionCode[] {
  return functions.map((code) => (isElementary(code.name) ? (single.get(code.name) ?? code) : code));
}

function define(): ReadonlyMap<string, FunctionCode> {
  const program = new Program();
  for (const name of elementaryNames) {
    if (name === 'atan2' || name === 'pow') program.function(name, 2, (x, y) => binaries[name](program, x, y));
    else program.function(name, 1, (x) => unaries[name](program, x));
  }
  return new Map(program.module().functions.map((code) => [code.name, code]));
}

const single = define();
