import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editable, formatDuration, formatNumber, shortened } from './format';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Reads a formatted number back. */
function read(text: string): number {
  const [mantissa = '', power] = text.replace('−', '-').split('×10');
  if (power === undefined) return Number(mantissa);
  const exponent = [...power].map((c) => (c === '⁻' ? '-' : String(superscripts.indexOf(c)))).join('');
  return Number(`${mantissa}e${exponent}`);
}

describe('formatNumber', () => {
  it('is right to its number of digits', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e300, max: 1e300, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (value, digits) => {
          const error = Math.abs(read(formatNumber(value, digits)) - value);
          expect(error).toBeLessThanOrEqual(0.500001 * 10 ** (1 - digits) * Math.abs(value) + Number.MIN_VALUE);
        },
      ),
    );
  });

  it.each([
    [0, '0'],
    [-1.5, '−1.5'],
    [20, '20'],
    [1234.5678, '1235'],
    [-0.00012345, '−1.234×10⁻⁴'],
    [6.02214e23, '6.022×10²³'],
    [Number.NaN, 'not a number'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('writes %d as %s', (value, text) => expect(formatNumber(value)).toBe(text));
});

describe('editable', () => {
  it('drops the noise of binary fractions and keeps the rest', () => {
    expect(editable(0.1 + 0.2)).toBe('0.3');
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Math.abs(Number(editable(value)) - value)).toBeLessThanOrEqual(1e-11 * Math.abs(value));
      }),
    );
  });
});

describe('shortened', () => {
  it('is right to its digits, and short', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e300, max: 1e300, noNaN: true }),
        fc.integer({ min: 2, max: 6 }),
        (value, digits) => {
          const text = shortened(value, digits);
          expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(
            0.500001 * 10 ** (1 - digits) * Math.abs(value) + 1e-320,
          );
          if (Math.abs(value) < 1e99 && Math.abs(value) > 1e-99) expect(text.length).toBeLessThanOrEqual(digits + 6);
        },
      ),
    );
  });

  it.each([
    [1e-5, '1e-5'],
    [-0.0276528, '-0.027653'],
    [2000, '2000'],
    [0, '0'],
  ])('writes %d as %s', (value, text) => expect(shortened(value, 5)).toBe(text));
});

describe('formatDuration', () => {
  it.each([
    [0.1234, '0.12 ms'],
    [12.34, '12.3 ms'],
    [123.4, '123 ms'],
    [12345, '12.3 s'],
  ])('writes %d as %s', (value, text) => expect(formatDuration(value)).toBe(text));
});
