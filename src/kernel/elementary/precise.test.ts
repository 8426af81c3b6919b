import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as precise from './precise';

const { ONE, multiply, divide, fromDouble } = precise;
/** Rounding in units of 2^-400, some of it magnified. */
const TINY = ONE >> 300n;
const close = (a: bigint, b: bigint) => expect(a > b ? a - b < TINY : b - a < TINY).toBe(true);

it('knows pi and ln 2', () => {
  const digits = (a: bigint) => ((a * 10n ** 50n) >> precise.BITS).toString();
  expect(digits(precise.PI)).toBe('314159265358979323846264338327950288419716939937510');
  expect(digits(precise.LN2)).toBe('69314718055994530941723212145817656807550013436025');
});

it('converts doubles both ways', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (x) => {
      fc.pre(x === 0 || Math.abs(x) > 2 ** -340);
      expect(precise.toDouble(fromDouble(x))).toBe(x + 0);
    }),
  );
});

it('satisfies the identities that define the functions', () => {
  const number = fc
    .double({ noNaN: true, min: -20, max: 20 })
    .filter((x) => Math.abs(x) > 1e-6)
    .map(fromDouble);
  fc.assert(
    fc.property(number, number, (a, b) => {
      close(divide(precise.exp(a - b), precise.exp(a)), precise.exp(-b));
      close(precise.log(precise.exp(a)), a);
      const [sa, ca, sb, cb] = [precise.sin(a), precise.cos(a), precise.sin(b), precise.cos(b)];
      close(precise.sin(a + b), multiply(sa, cb) + multiply(ca, sb));
      close(multiply(sa, sa) + multiply(ca, ca), ONE);
      close(precise.tan(precise.atan(a)), a);
      close(precise.sin(precise.asin(sa)), sa);
      close(precise.cos(precise.acos(ca)), ca);
      const [s, c] = [precise.sinh(a), precise.cosh(a)];
      close(divide(s, c), precise.tanh(a));
      close(divide(multiply(c, c) - multiply(s, s), multiply(c, c)), divide(ONE, multiply(c, c)));
      close(precise.squareRoot(multiply(sa, sa)), sa < 0n ? -sa : sa);
    }),
  );
  close(precise.exp(ONE * 10n) - multiply(precise.exp(ONE * 9n), precise.exp(ONE)), 0n);
  // near 0 the slope tells the functions from others that satisfy the identities
  const small = ONE >> 180n;
  for (const f of [precise.sin, precise.tan, precise.atan, precise.sinh]) close(f(small), small);
});
