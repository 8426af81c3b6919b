/**
 * How the numbers in coefficients.ts come about. `npx tsx scripts/coefficients.ts` prints that file; a test
 * derives them anew.
 *
 * Each polynomial interpolates its function at the Chebyshev points of the interval, computed to hundreds of bits
 * (Newton's divided differences, then powers), and its coefficients are rounded to doubles. Interpolation at these
 * points is within a small factor of the minimax polynomial (Trefethen, Approximation Theory and Approximation
 * Practice, chapter 16); the degree leaves room for that factor.
 */
import {
  asin,
  atan,
  cos,
  divide,
  exp,
  fromDouble,
  LN2,
  log,
  multiply,
  ONE,
  PI,
  sin,
  sinh,
  squareRoot,
  tanh,
  toDouble,
} from './precise';

interface Fit {
  readonly meaning: string;
  readonly from: number;
  readonly to: number;
  readonly terms: number;
  readonly of: (z: bigint) => bigint;
}

/** (f(sqrt z) / sqrt z - 1) / z: what an odd function with slope 1 leaves after its first term. */
const oddRest =
  (f: (x: bigint) => bigint) =>
  (z: bigint): bigint => {
    const x = squareRoot(z);
    return divide(divide(f(x), x) - ONE, z);
  };

/** log((1 + s) / (1 - s)) / 2 */
const artanh = (s: bigint): bigint => log(divide(ONE + s, ONE - s)) / 2n;

const square = (x: number) => x * x;
const quarterTurn = square(Math.PI / 4) * 1.001;
const logarithmic = square(3 - 2 * Math.SQRT2) * 1.001;
const power = (x: bigint, n: number): bigint => (n === 0 ? ONE : multiply(x, power(x, n - 1)));

export const fits: Readonly<Record<string, Fit>> = {
  sine: { meaning: 'sin x = x + x^3 p(x^2), |x| <= pi/4', from: 0, to: quarterTurn, terms: 6, of: oddRest(sin) },
  cosine: {
    meaning: 'cos x = 1 - x^2/2 + x^4 p(x^2), |x| <= pi/4',
    from: 0,
    to: quarterTurn,
    terms: 6,
    of: (z) => divide(divide(cos(squareRoot(z)) - ONE, z) + ONE / 2n, z),
  },
  exponential: {
    meaning: 'exp x = 1 + x + x^2 p(x), |x| <= ln(2)/2',
    from: -0.3468,
    to: 0.3467,
    terms: 11,
    of: (x) => divide(exp(x) - ONE - x, multiply(x, x)),
  },
  hyperbolicSine: { meaning: 'sinh x = x + x^3 p(x^2), |x| <= 1', from: 0, to: 1, terms: 8, of: oddRest(sinh) },
  hyperbolicTangent: {
    meaning: 'tanh x = x + x^3 p(x^2), |x| <= 0.625',
    from: 0,
    to: square(0.625),
    terms: 13,
    of: oddRest(tanh),
  },
  arcsine: { meaning: 'asin x = x + x^3 p(x^2), |x| <= 1/2', from: 0, to: 0.25, terms: 13, of: oddRest(asin) },
  arctangent: {
    meaning: 'atan x = x + x^3 p(x^2), |x| <= tan(pi/8)',
    from: 0,
    to: square(Math.SQRT2 - 1) * 1.001,
    terms: 11,
    of: oddRest(atan),
  },
  logarithm: {
    meaning: 'log((1 + s)/(1 - s)) = 2 s + s^3 p(s^2), |s| <= 3 - 2 sqrt 2',
    from: 0,
    to: logarithmic,
    terms: 7,
    of: (z) => 2n * oddRest(artanh)(z),
  },
  logarithmTail: {
    meaning: 'log((1 + s)/(1 - s)) = 2 (s + s^3/3 + s^5 p(s^2)), |s| <= 3 - 2 sqrt 2',
    from: 0,
    to: logarithmic,
    terms: 9,
    of: (z) => divide(oddRest(artanh)(z) - ONE / 3n, z),
  },
};

/** cos((i + 1/2) pi / n) placed into the interval. */
function chebyshevPoints({ from, to, terms }: Fit): bigint[] {
  const [a, b] = [fromDouble(from), fromDouble(to)];
  return Array.from({ length: terms }, (_, i) => {
    const angle = (PI * BigInt(2 * i + 1)) / BigInt(2 * terms);
    return (a + b + multiply(b - a, cos(angle))) / 2n;
  });
}

/** Coefficients of the powers, constant first. */
export function coefficientsOf(fit: Fit): number[] {
  const points = chebyshevPoints(fit);
  const differences = points.map(fit.of);
  for (let order = 1; order < points.length; order++)
    for (let i = points.length - 1; i >= order; i--)
      differences[i] = divide(differences[i] - differences[i - 1], points[i] - points[i - order]);
  let powers: bigint[] = [];
  for (let i = points.length - 1; i >= 0; i--) {
    const shifted = [0n, ...powers];
    powers = shifted.map((high, j) => high - (j < powers.length ? multiply(points[i], powers[j]) : 0n));
    powers[0] += differences[i];
  }
  return powers.map(toDouble);
}

/** The leading bits of a constant in pieces of the given widths, so that pieces times small whole numbers are exact. */
function pieces(constant: bigint, ...widths: number[]): number[] {
  let rest = constant;
  return widths.map((width) => {
    const magnitude = rest < 0n ? -rest : rest;
    const drop = BigInt(magnitude.toString(2).length - width);
    const half = 1n << (drop - 1n);
    const rounded = ((rest + half) >> drop) << drop;
    rest -= rounded;
    return toDouble(rounded);
  });
}

export const constants: Readonly<Record<string, { readonly meaning: string; readonly values: readonly number[] }>> = {
  halfPiPieces: {
    meaning: 'pi/2 as a sum; the first three have 33 bits, so that they times whole numbers below 2^20 are exact',
    values: pieces(PI / 2n, 33, 33, 33, 53),
  },
  halfPiWords: { meaning: 'pi/2 as a sum of doubles', values: pieces(PI / 2n, 53, 53, 53) },
  ln2Pieces: { meaning: 'ln 2 as a sum; the first has 40 bits', values: pieces(LN2, 40, 53) },
  thirdWords: { meaning: '1/3 as a sum of doubles', values: pieces(ONE / 3n, 53, 53) },
};

/** The largest |p - f| / |f| over the interval, of the polynomial with rounded coefficients. */
export function relativeError(fit: Fit, coefficients: readonly number[], samples: number): number {
  const exact = coefficients.map(fromDouble);
  let largest = 0;
  for (let i = 1; i < samples; i++) {
    const z = fromDouble(fit.from + ((fit.to - fit.from) * i) / samples);
    if (z === 0n) continue;
    const p = exact.reduce((sum, c, j) => sum + multiply(c, power(z, j)), 0n);
    const f = fit.of(z);
    largest = Math.max(largest, Math.abs(toDouble(divide(p - f, f))));
  }
  return largest;
}

function printed(name: string, meaning: string, values: readonly number[]): string {
  return `/** ${meaning} */\nexport const ${name}: readonly number[] = [\n${values.map((v) => `  ${v},\n`).join('')}];\n`;
}

export function coefficientsFile(): string {
  const lists = [
    ...Object.entries(constants).map(([name, { meaning, values }]) => printed(name, meaning, values)),
    ...Object.entries(fits).map(([name, fit]) => printed(name, fit.meaning, coefficientsOf(fit))),
  ];
  return `/** Constants and polynomials of the elementary functions. Printed by fit.ts, which says how they come about. */\n\n${lists.join('\n')}`;
}
