/**
 * How the numbers in coefficients.ts come about: as those of the double-precision functions do (elementary/fit.ts), on
 * the same intervals, with as many terms as leave an error below that of rounding to 24 bits.
 */
import { fits } from '../elementary/fit';

const terms = {
  sine: 3,
  cosine: 3,
  exponential: 5,
  hyperbolicSine: 4,
  hyperbolicTangent: 6,
  arcsine: 6,
  arctangent: 5,
  logarithm: 4,
} as const;

export const singleFits = Object.entries(terms).map(([name, count]) => ({
  name,
  fit: { ...fits[name], terms: count },
}));
