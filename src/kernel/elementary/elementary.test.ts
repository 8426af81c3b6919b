/** Every function on every backend, against the exact values. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Backend, backends, inLane } from '../backends';
import { Program } from '../program';
import { offerFused } from '../testing';
import { elementaryNames } from '.';
import * as precise from './precise';

const ALLOWED = 2;

type UnaryName = 'sin' | 'cos' | 'tan' | 'asin' | 'acos' | 'atan' | 'sinh' | 'cosh' | 'tanh' | 'exp' | 'log';
type BinaryName = 'atan2' | 'pow';

/** The functions of a backend, as functions. */
function load(backend: Backend): Record<UnaryName | BinaryName, (x: number, y?: number) => number> {
  const program = new Program();
  const [x, y, result] = ['x', 'y', 'result'].map((name) => program.scalar(name));
  for (const name of elementaryNames)
    program.procedure(name, () =>
      result.set(name === 'pow' || name === 'atan2' ? program.apply(name, x, y) : program.apply(name, x)),
    );
  const executable = backend.load(program.module());
  const [first, second, value] = ['x', 'y', 'result'].map((name) => executable.buffer(name));
  const call = (name: string) => (a: number, b?: number) => {
    first[0] = a;
    second[0] = b ?? 0;
    executable.run(name);
    return value[0];
  };
  return Object.fromEntries(elementaryNames.map((name) => [name, call(name)])) as ReturnType<typeof load>;
}

const fused: Backend = { name: 'wasm in lanes, fused', load: (module) => inLane(module, 1, 3, true) };
const loaded = [...backends, ...(offerFused() ? [fused] : [])].map((backend) => ({
  name: backend.name,
  functions: load(backend),
}));

/** The distance in units of the last place of the exact value. */
function error(got: number, exact: bigint): number {
  if (!Number.isFinite(got)) return Number.POSITIVE_INFINITY;
  const magnitude = exact < 0n ? -exact : exact;
  const place = Math.max(magnitude.toString(2).length - 1 - Number(precise.BITS) - 52, -1074);
  return Math.abs(precise.toDouble(precise.fromDouble(got) - exact)) / 2 ** place;
}

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const sign = fc.constantFrom(1, -1);
/** Sizes from 2^least to 2^greatest alike, of either sign. */
const sized = (least: number, greatest: number) =>
  fc.tuple(between(least, greatest), sign).map(([power, s]) => s * 2 ** power);
/** Doubles next to multiples of pi/2, where sines and cosines vanish and tangents are largest. */
const nearQuarters = fc
  .tuple(fc.integer({ min: -200_000, max: 200_000 }), fc.integer({ min: -3, max: 3 }))
  .map(([k, n]) => {
    const x = (k * Math.PI) / 2;
    return x * (1 + n * 2 ** -52);
  });
const nearOne = fc.tuple(sized(-52, -1), sign).map(([distance, s]) => s * (1 + distance));

const angles = fc.oneof(between(-7, 7), between(-1.6e6, 1.6e6), sized(-60, 44.9), nearQuarters);
const cosines = fc.oneof(
  between(-1, 1),
  sized(-60, 0),
  nearOne.filter((x) => Math.abs(x) <= 1),
);
const exponents = fc.oneof(between(-2, 2), between(-100, 100), sized(-60, 6));
const positive = fc.oneof(between(0.4, 3), sized(-250, 1020).map(Math.abs), nearOne.map(Math.abs));

const { sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, exp, log } = precise;
const references = { sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, exp, log };

const domains: Record<UnaryName, fc.Arbitrary<number>> = {
  sin: angles,
  cos: angles,
  tan: angles,
  asin: cosines,
  acos: cosines,
  atan: fc.oneof(between(-3, 3), sized(-60, 250)),
  sinh: fc.oneof(exponents, between(-709, 709)),
  cosh: fc.oneof(exponents, between(-709, 709)),
  tanh: fc.oneof(between(-1, 1), between(-30, 30), sized(-60, 6)),
  exp: fc.oneof(exponents, between(-170, 709)),
  log: positive,
};

describe.each(loaded)('$name', ({ functions }) => {
  it.each(Object.entries(domains))('%s is exact to 2 units in the last place', (name, domain) => {
    fc.assert(
      fc.property(domain, (x) => {
        fc.pre(Math.abs(x) > 2 ** -110);
        const exact = references[name as UnaryName](precise.fromDouble(x));
        fc.pre(exact !== 0n);
        expect(error(functions[name as UnaryName](x), exact)).toBeLessThanOrEqual(ALLOWED);
      }),
      { numRuns: 1000 },
    );
  });

  it('atan2 is exact to 2 units in the last place', () => {
    const coordinate = fc.oneof(between(-2, 2), sized(-2, 2), sized(-100, 100));
    fc.assert(
      fc.property(coordinate, coordinate, (y, x) => {
        fc.pre(Math.abs(y) > 2 ** -110 && Math.abs(x) > 2 ** -110);
        const exact = precise.atan2(precise.fromDouble(y), precise.fromDouble(x));
        expect(error(functions.atan2(y, x), exact)).toBeLessThanOrEqual(ALLOWED);
      }),
      { numRuns: 1000 },
    );
  });

  it('pow is exact to 2 units in the last place', () => {
    fc.assert(
      fc.property(positive, between(-170, 709), fc.boolean(), (x, target, small) => {
        const y = small ? target / 100 : target / Math.log(x);
        const size = y * Math.log(x);
        fc.pre(Number.isFinite(y) && size > -170 && size < 709);
        const exact = precise.pow(precise.fromDouble(x), precise.fromDouble(y));
        expect(error(functions.pow(x, y), exact)).toBeLessThanOrEqual(ALLOWED);
      }),
      { numRuns: 1000 },
    );
  });

  it('pow of negative numbers has the sign of the power', () => {
    fc.assert(
      fc.property(between(-50, -0.01), fc.integer({ min: -60, max: 60 }), (x, n) => {
        expect(functions.pow(x, n)).toBe((n % 2 === 0 ? 1 : -1) * functions.pow(-x, n));
        expect(functions.pow(x, n + 0.5)).toBeNaN();
      }),
    );
  });
});

describe.each(loaded)('special values on $name', ({ functions }) => {
  const { POSITIVE_INFINITY: infinity, MAX_VALUE: largest, MIN_VALUE: least, NaN: none } = Number;
  const values = [
    0,
    least,
    2 ** -1022,
    2 ** -1040,
    1e-200,
    2 ** -60,
    0.5,
    1,
    1.5,
    2,
    3,
    1e10,
    2 ** 53,
    1e200,
    largest,
    infinity,
  ]
    .flatMap((x) => [x, -x])
    .concat(
      none,
      709.7827,
      709.7828,
      710.4758,
      710.4759,
      -708.5,
      -740,
      -745.13,
      -745.14,
      -750,
      1 + 2 ** -52,
      -1 - 2 ** -52,
    );

  /** The engine's functions are good to a unit or two themselves. */
  const agree = (got: number, expected: number, where: string) => {
    const scale = Math.max(Math.abs(expected), 2 ** -1022);
    const equal = Object.is(got, expected) || (got !== 0 && Math.abs(got - expected) <= 4 * 2 ** -53 * scale);
    expect(equal, `${where} is ${got}, not ${expected}`).toBe(true);
  };

  it.each(Object.keys(domains))('%s', (name) => {
    for (const x of values) {
      const periodic = name === 'sin' || name === 'cos' || name === 'tan';
      const expected = periodic && Math.abs(x) >= 2 ** 45 ? none : Math[name as UnaryName](x);
      agree(functions[name as UnaryName](x), expected, `${name}(${x})`);
    }
  });

  it.each(['atan2', 'pow'] as const)('%s', (name) => {
    for (const x of values)
      for (const y of values) agree(functions[name](x, y), Math[name](x, y), `${name}(${x}, ${y})`);
  });
});

it('all backends that round every operation compute the same numbers', () => {
  fc.assert(
    fc.property(fc.constantFrom(...elementaryNames), fc.double(), fc.double(), (name, x, y) => {
      const [first, ...others] = loaded.slice(0, backends.length).map(({ functions }) => functions[name](x, y));
      for (const other of others) expect(other).toBe(first);
    }),
    { numRuns: 2000 },
  );
});
