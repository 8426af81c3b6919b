import { expect, it } from 'vitest';
import { coefficientsOf } from '../elementary/fit';
import * as coefficients from './coefficients';
import { singleFits } from './fits';

const printed: Readonly<Record<string, readonly number[]>> = coefficients;

it('every list of coefficients.ts is one that is derived', () => {
  expect(Object.keys(printed).sort()).toEqual(singleFits.map(({ name }) => name).sort());
});

it.each(singleFits)('$name has the coefficients that are printed', ({ name, fit }) => {
  expect(printed[name]).toEqual(coefficientsOf(fit).map(Math.fround));
});
