/**
 * Arithmetics in which the tests compute what the graph should give: real numbers, complex numbers, and either of them
 * with every result moved a little, which shows how far rounding could move the outcome.
 */
import type { Binary, Unary } from '../primitives';
import { binaryValues, unaryValues } from '../values';
import type { Algebra } from './recipes';

/** Zero has no sign in the graph. */
const unsigned = (value: number): number => (value === 0 ? 0 : value);

/** Numbers so large or small that reordering factors may overflow are out of scope: they become NaN. */
const inScope = (value: number): number =>
  value === 0 || (Math.abs(value) < 1e100 && Math.abs(value) > 1e-100) ? unsigned(value) : Number.NaN;

/** Also the cut of atan2 on the negative axis, where the sign of a zero would tell the two sides apart. */
const isOutOfScope = (op: Binary, a: number, b: number): boolean =>
  Number.isNaN(a) || Number.isNaN(b) || (op === 'atan2' && a === 0 && b <= 0);

export const real: Algebra<number> = {
  constant: unsigned,
  unary: (op, a) => inScope(unaryValues[op](a)),
  binary: (op, a, b) => (isOutOfScope(op, a, b) ? Number.NaN : inScope(binaryValues[op](a, b))),
};

export interface Complex {
  readonly re: number;
  readonly im: number;
  /** Written as a constant, so that a power with this exponent is defined for a negative base. */
  readonly isConstant?: boolean;
}

const complex = (re: number, im = 0): Complex => ({ re, im });
const one = complex(1);
const plus = (a: Complex, b: Complex): Complex => complex(a.re + b.re, a.im + b.im);
const minus = (a: Complex, b: Complex): Complex => complex(a.re - b.re, a.im - b.im);
const times = (a: Complex, b: Complex): Complex => complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
const scaled = (c: number, a: Complex): Complex => complex(c * a.re, c * a.im);
const over = (a: Complex, b: Complex): Complex =>
  scaled(1 / (b.re * b.re + b.im * b.im), times(a, complex(b.re, -b.im)));

/** Written so that a tiny imaginary part is not lost against the real part. */
const complexUnary: { readonly [P in Unary]: (a: Complex) => Complex } = {
  neg: (a) => scaled(-1, a),
  abs: (a) => (a.re < 0 ? scaled(-1, a) : a),
  sign: (a) => complex(Math.sign(a.re)),
  sqrt: ({ re, im }) => {
    const root = Math.sqrt(re);
    return complex(root, im / (2 * root));
  },
  sin: ({ re, im }) => complex(Math.sin(re) * Math.cosh(im), Math.cos(re) * Math.sinh(im)),
  cos: ({ re, im }) => complex(Math.cos(re) * Math.cosh(im), -Math.sin(re) * Math.sinh(im)),
  tan: (a) => over(complexUnary.sin(a), complexUnary.cos(a)),
  asin: (a) => complexUnary.atan(over(a, complexUnary.sqrt(minus(one, times(a, a))))),
  acos: (a) => minus(complex(Math.PI / 2), complexUnary.asin(a)),
  atan: ({ re, im }) =>
    complex(
      Math.abs(re) < 1 ? 0.5 * Math.atan2(2 * re, 1 - re * re - im * im) : Math.atan(re),
      0.25 * Math.log1p((4 * im) / (re * re + (1 - im) ** 2)),
    ),
  sinh: ({ re, im }) => complex(Math.sinh(re) * Math.cos(im), Math.cosh(re) * Math.sin(im)),
  cosh: ({ re, im }) => complex(Math.cosh(re) * Math.cos(im), Math.sinh(re) * Math.sin(im)),
  tanh: (a) => over(complexUnary.sinh(a), complexUnary.cosh(a)),
  exp: ({ re, im }) => complex(Math.exp(re) * Math.cos(im), Math.exp(re) * Math.sin(im)),
  log: ({ re, im }) => complex(Math.log(re), Math.atan2(im, re)),
};

const complexBinary: { readonly [P in Binary]: (a: Complex, b: Complex) => Complex } = {
  add: plus,
  sub: minus,
  mul: times,
  div: over,
  pow: (a, b) => (b.isConstant ? constantPower(a, b.re) : complexUnary.exp(times(b, complexUnary.log(a)))),
  atan2: (y, x) => {
    const length = complexUnary.sqrt(plus(times(x, x), times(y, y)));
    if (x.re >= 0) return scaled(2, complexUnary.atan(over(y, plus(length, x))));
    const supplement = scaled(2, complexUnary.atan(over(y, minus(length, x))));
    return minus(complex(y.re < 0 ? -Math.PI : Math.PI), supplement);
  },
  min: (a, b) => (a.re <= b.re ? a : b),
  max: (a, b) => (b.re <= a.re ? a : b),
  lessEqual: (a, b) => complex(a.re <= b.re ? 1 : 0),
};

/** a^c = |a|^c with the derivative c a^(c-1). */
function constantPower(a: Complex, c: number): Complex {
  return complex(a.re ** c, c === 0 ? 0 : c * a.re ** (c - 1) * a.im);
}

const lost = complex(Number.NaN, Number.NaN);
const complexInScope = ({ re, im }: Complex): Complex => (Number.isNaN(inScope(re)) ? lost : complex(unsigned(re), im));

export const complexNumbers: Algebra<Complex> = {
  constant: (value) => ({ re: unsigned(value), im: 0, isConstant: true }),
  unary: (op, a) => (Number.isNaN(a.re) ? lost : complexInScope(complexUnary[op](a))),
  binary: (op, a, b) => (isOutOfScope(op, a.re, b.re) ? lost : complexInScope(complexBinary[op](a, b))),
};

/** The arithmetic with each result moved: its parts are multiplied by 1 + delta or 1 - delta, as a generator's bits fall. */
function perturbed<Value>(
  algebra: Algebra<Value>,
  move: (value: Value, factor: () => number) => Value,
  seed: number,
): Algebra<Value> {
  let state = seed;
  const factor = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state & 0x10000 ? 1 + delta : 1 - delta;
  };
  return {
    constant: (value) => algebra.constant(value),
    unary: (op, a) => move(algebra.unary(op, a), factor),
    binary: (op, a, b) => move(algebra.binary(op, a, b), factor),
  };
}

const delta = 1e-10;
const seeds = [1, 2, 3, 4, 5, 6];

/** What a computation gives without and with perturbation. */
export interface Reference {
  readonly value: number;
  /** How far results may lie apart by rounding, generously: how far the perturbations moved the value. */
  readonly tolerance: number;
}

function referenceFrom(value: number, moved: readonly number[]): Reference {
  const spread = Math.max(...moved.map((other) => Math.abs(other - value)));
  return { value, tolerance: 3 * spread + 1e-12 * (1 + Math.abs(value)) };
}

/** The values of a computation on real numbers; NaN where it leaves the scope, perturbed or not. */
export function realReference(
  compute: (algebra: Algebra<number>, point: readonly number[]) => readonly number[],
  point: readonly number[],
): Reference[] {
  const moved = seeds.map((seed) =>
    compute(
      perturbed(real, (value, factor) => factor() * value, seed),
      jitter(point, seed),
    ),
  );
  return compute(real, point).map((value, i) =>
    referenceFrom(
      value,
      moved.map((values) => values[i]),
    ),
  );
}

const step = 1e-30;

/** The derivatives of a computation along a direction, by the complex step Im f(x + ihd) / h (Squire & Trapp 1998). */
export function complexStepReference(
  compute: (algebra: Algebra<Complex>, point: readonly Complex[]) => readonly Complex[],
  point: readonly number[],
  direction: readonly number[],
): Reference[] {
  const lift = (values: readonly number[], along: readonly number[]): Complex[] =>
    values.map((value, i) => complex(value, step * along[i]));
  const move = ({ re, im }: Complex, factor: () => number): Complex => complex(factor() * re, factor() * im);
  const moved = seeds.map((seed) =>
    compute(perturbed(complexNumbers, move, seed), lift(jitter(point, seed), jitter(direction, seed + 1))),
  );
  return compute(complexNumbers, lift(point, direction)).map((value, i) =>
    referenceFrom(
      value.im / step,
      moved.map((values) => values[i].im / step),
    ),
  );
}

function jitter(point: readonly number[], seed: number): number[] {
  return point.map((value, i) => value * (1 + delta * Math.sin(7 * seed + i)));
}

/** Whether the reference is worth comparing with: finite, and not lost in the perturbations. */
export function isDefinite({ value, tolerance }: Reference): boolean {
  return Number.isFinite(value) && tolerance < 1e-3 * (1 + Math.abs(value));
}
