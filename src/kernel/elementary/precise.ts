/**
 * Elementary functions to hundreds of bits, in fixed point: what the polynomials are fitted to and the functions are
 * tested against. A number is a bigint in units of 2^-BITS. Slow and plain on purpose.
 */
export const BITS = 400n;
export const ONE = 1n << BITS;

/** Bits carried by the constants, so that reducing large arguments by them costs nothing. */
const CONSTANT_BITS = BITS + 128n;

export function multiply(a: bigint, b: bigint): bigint {
  return (a * b) >> BITS;
}

export function divide(a: bigint, b: bigint): bigint {
  return (a << BITS) / b;
}

export function squareRoot(a: bigint): bigint {
  if (a === 0n) return 0n;
  const square = a << BITS;
  let root = 1n << BigInt((square.toString(2).length / 2 + 1) | 0);
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

const view = new DataView(new ArrayBuffer(8));

/** Exact for numbers that are multiples of 2^-BITS. */
export function fromDouble(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const field = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const whole = field === 0n ? fraction : fraction | (1n << 52n);
  const shift = (field === 0n ? 1n : field) - 1075n + BITS;
  const magnitude = shift >= 0n ? whole << shift : whole >> -shift;
  return bits >> 63n ? -magnitude : magnitude;
}

/** The nearest double, of numbers in the normal range. */
export function toDouble(a: bigint): number {
  const magnitude = a < 0n ? -a : a;
  const excess = BigInt(magnitude.toString(2).length) - 64n;
  // 64 leading bits, the last of them standing for everything below: conversion then rounds once.
  const leading = excess > 0n ? (magnitude >> excess) | (magnitude % (1n << excess) > 0n ? 1n : 0n) : magnitude;
  const double = Number(leading) * 2 ** Number((excess > 0n ? excess : 0n) - BITS);
  return a < 0n ? -double : double;
}

function roundedQuotient(a: bigint, b: bigint): bigint {
  const doubled = 2n * a + b;
  const quotient = doubled / (2n * b);
  return doubled < 0n && quotient * 2n * b !== doubled ? quotient - 1n : quotient;
}

/** The sum of term(0) = first and its successors, each `next` of the one before, until they vanish. */
function series(
  first: bigint,
  next: (term: bigint, n: bigint) => bigint,
  weigh = (term: bigint, _n: bigint) => term,
): bigint {
  let sum = 0n;
  let term = first;
  for (let n = 0n; term !== 0n && term !== -1n; n++) {
    sum += weigh(term, n);
    term = next(term, n);
  }
  return sum;
}

/** arctan(1/q) and artanh(1/q) in units of 2^-CONSTANT_BITS. */
function inverseSeries(q: bigint, sign: bigint): bigint {
  return series(
    (1n << CONSTANT_BITS) / q,
    (term) => (sign * term) / (q * q),
    (term, n) => term / (2n * n + 1n),
  );
}

/** Machin: pi/4 = 4 arctan(1/5) - arctan(1/239). */
const widePi = 4n * (4n * inverseSeries(5n, -1n) - inverseSeries(239n, -1n));
/** ln 2 = 2 artanh(1/3). */
const wideLn2 = 2n * inverseSeries(3n, 1n);
export const PI = widePi >> (CONSTANT_BITS - BITS);
export const LN2 = wideLn2 >> (CONSTANT_BITS - BITS);

export function exp(a: bigint): bigint {
  const wide = a << (CONSTANT_BITS - BITS);
  const k = roundedQuotient(wide, wideLn2);
  const halvings = 16n;
  const r = (wide - k * wideLn2) >> (CONSTANT_BITS - BITS + halvings);
  let result = series(ONE, (term, n) => multiply(term, r) / (n + 1n));
  for (let i = 0n; i < halvings; i++) result = multiply(result, result);
  return k >= 0n ? result << k : result >> -k;
}

/** Of a > 0. */
export function log(a: bigint): bigint {
  const k = BigInt(a.toString(2).length - 1) - BITS;
  const roots = 6n;
  let m = k >= 0n ? a >> k : a << -k;
  for (let i = 0n; i < roots; i++) m = squareRoot(m);
  const s = divide(m - ONE, m + ONE);
  const z = multiply(s, s);
  const sum = series(
    s,
    (term) => multiply(term, z),
    (term, n) => term / (2n * n + 1n),
  );
  return (sum << (roots + 1n)) + ((k * wideLn2) >> (CONSTANT_BITS - BITS));
}

/** sin(a + quarterTurns pi/2) */
export function sin(a: bigint, quarterTurns = 0n): bigint {
  const wide = a << (CONSTANT_BITS - BITS);
  const k = roundedQuotient(2n * wide, widePi);
  const r = (2n * wide - k * widePi) >> (CONSTANT_BITS - BITS + 1n);
  const square = multiply(r, r);
  const quadrant = (((k + quarterTurns) % 4n) + 4n) % 4n;
  const odd = quadrant % 2n === 1n;
  const result = odd
    ? series(ONE, (term, n) => -multiply(term, square) / ((2n * n + 1n) * (2n * n + 2n)))
    : series(r, (term, n) => -multiply(term, square) / ((2n * n + 2n) * (2n * n + 3n)));
  return quadrant < 2n ? result : -result;
}

export const cos = (a: bigint): bigint => sin(a, 1n);
export const tan = (a: bigint): bigint => divide(sin(a), cos(a));
export const sinh = (a: bigint): bigint => (exp(a) - exp(-a)) / 2n;
export const cosh = (a: bigint): bigint => (exp(a) + exp(-a)) / 2n;

/** 1 - 2 / (exp(2 a) + 1) */
export const tanh = (a: bigint): bigint => ONE - divide(2n * ONE, exp(2n * a) + ONE);

/** Halves the angle, tan(b/2) = t / (1 + sqrt(1 + t^2)), until the series is fast. */
export function atan(a: bigint): bigint {
  if (a < 0n) return -atan(-a);
  if (a > ONE) return PI / 2n - atan(divide(ONE, a));
  const halvings = 5n;
  let t = a;
  for (let i = 0n; i < halvings; i++) t = divide(t, ONE + squareRoot(ONE + multiply(t, t)));
  const square = multiply(t, t);
  const sum = series(
    t,
    (term) => -multiply(term, square),
    (term, n) => term / (2n * n + 1n),
  );
  return sum << halvings;
}

/** Of |a| <= 1. */
export function asin(a: bigint): bigint {
  if (a === ONE || a === -ONE) return a > 0n ? PI / 2n : -PI / 2n;
  return atan(divide(a, squareRoot(ONE - multiply(a, a))));
}

export const acos = (a: bigint): bigint => PI / 2n - asin(a);

export function atan2(y: bigint, x: bigint): bigint {
  if (x > 0n) return atan(divide(y, x));
  if (x === 0n) return y > 0n ? PI / 2n : -PI / 2n;
  return atan(divide(y, x)) + (y >= 0n ? PI : -PI);
}

/** Of x > 0. */
export const pow = (x: bigint, y: bigint): bigint => exp(multiply(log(x), y));
