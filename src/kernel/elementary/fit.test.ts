import { describe, expect, it } from 'vitest';
import * as coefficients from './coefficients';
import { coefficientsOf, constants, fits, relativeError } from './fit';

const printed: Readonly<Record<string, readonly number[]>> = coefficients;

it('every list of coefficients.ts is one that is derived', () => {
  expect(Object.keys(printed).sort()).toEqual([...Object.keys(constants), ...Object.keys(fits)].sort());
});

describe.each(Object.entries(fits))('%s', (name, fit) => {
  it('has the coefficients that are printed', () => {
    expect(printed[name]).toEqual(coefficientsOf(fit));
  });

  it('is close to its function, which it corrects by a tenth or so', () => {
    expect(relativeError(fit, printed[name], 50)).toBeLessThan(2 ** -50);
  });
});

it.each(Object.entries(constants))('%s are as printed', (name, { values }) => {
  expect(printed[name]).toEqual(values);
});
