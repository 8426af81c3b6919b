/** Shaders against the interpreter, both in single precision. Where there is no adapter, the tests say so and pass by. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ElementaryName, elementaryNames } from '../elementary';
import { interpret } from '../interpreter';
import type { Module } from '../ir';
import { Program } from '../program';
import { MEMORY, randomPrograms } from '../testing';
import { nodeAdapter } from './node';
import { rounded, runOnDevice } from './testing';

const found = await nodeAdapter();
const device = found.ok ? await found.adapter.requestDevice() : null;
const title = found.ok ? found.name : `skipped: ${found.reason}`;

const single = fc.oneof(
  fc.float({ noNaN: true }),
  fc.float({ min: -10, max: 10, noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 2 ** 23, -(2 ** 24), 2 ** -126),
);

/** Where a shader and the reference may differ: in what is too small for machines without subnormal numbers. */
const seen = (value: number): number => (Math.abs(value) < 2 ** -120 ? 0 : Math.fround(value));

function reference(module: Module, start: readonly number[], k: number): number[] {
  const executable = interpret(rounded(module));
  executable.buffer('memory').set(start);
  executable.run('main', k);
  return [...executable.buffer('memory')];
}

/** Arguments of each function, where its result is an ordinary number. */
const domains: Record<ElementaryName, (random: () => number) => number[]> = {
  sin: (random) => [(random() - 0.5) * 20],
  cos: (random) => [(random() - 0.5) * 20],
  tan: (random) => [(random() - 0.5) * 20],
  asin: (random) => [2 * random() - 1],
  acos: (random) => [2 * random() - 1],
  atan: (random) => [Math.tan((random() - 0.5) * 3.14)],
  sinh: (random) => [(random() - 0.5) * 60],
  cosh: (random) => [(random() - 0.5) * 60],
  tanh: (random) => [(random() - 0.5) * 10],
  exp: (random) => [(random() - 0.5) * 160],
  log: (random) => [Math.exp((random() - 0.5) * 160)],
  atan2: (random) => [random() - 0.5, random() - 0.5],
  pow: (random) => [Math.exp((random() - 0.5) * 4), (random() - 0.5) * 8],
};
/** Distances in units of the last place, where the result is not next to a zero. */
const ALLOWED: Partial<Record<ElementaryName, number>> = { pow: 40, tan: 6 };
const EXACT: { readonly [name in ElementaryName]: (x: number, y: number) => number } = Math;

function evaluator(name: ElementaryName): Module {
  const program = new Program();
  const memory = program.buffer('memory', 3);
  const operands = [memory.at(0), memory.at(1)].slice(0, name === 'pow' || name === 'atan2' ? 2 : 1);
  program.procedure('main', () => memory.at(2).set(program.apply(name, ...operands)));
  return program.module();
}

function points(name: ElementaryName, count: number): number[][] {
  let state = 12345;
  const random = (): number => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
  return Array.from({ length: count }, () => {
    const [x, y = 0] = domains[name](random).map(Math.fround);
    return [x, y, 0];
  });
}

/** In units of the last place; of 2^-24 where the result is smaller than its operands' errors make it. */
function distance(name: ElementaryName, [x, y, result]: readonly number[]): number {
  const exact = EXACT[name](x, y);
  const periodic = name === 'sin' || name === 'cos' || name === 'tan';
  const size = periodic ? Math.max(Math.abs(exact), 2 ** -12) : Math.abs(exact);
  return Math.abs(result - exact) / 2 ** (Math.floor(Math.log2(size)) - 23);
}

const special = [
  0,
  -0,
  1,
  -1,
  0.5,
  3,
  -3,
  200,
  -200,
  1e30,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

describe('elementary functions in single precision', () => {
  it.each(elementaryNames)('%s is exact to a few units in the last place', (name) => {
    const executable = interpret(rounded(evaluator(name)));
    for (const point of points(name, 2000)) {
      executable.buffer('memory').set(point);
      executable.run('main');
      expect(distance(name, [...executable.buffer('memory')])).toBeLessThan(ALLOWED[name] ?? 4);
    }
  });
});

describe.skipIf(!device)(title, () => {
  const gpu = device as GPUDevice;

  it('computes what the interpreter computes, rounded to single precision', async () => {
    const normal = single.filter((x) => x === 0 || Math.abs(x) >= 2 ** -126);
    await fc.assert(
      fc.asyncProperty(
        randomPrograms,
        fc.array(fc.array(normal, { minLength: MEMORY, maxLength: MEMORY }), { minLength: 2, maxLength: 2 }),
        fc.nat(3),
        async (program, start, k) => {
          const module = program.module();
          const after = await runOnDevice(gpu, module, 'main', 'memory', start, k);
          for (const [i, numbers] of start.entries())
            expect(after[i].map(seen)).toEqual(reference(module, numbers.map(Math.fround), k).map(seen));
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(elementaryNames)('%s is exact to a few units in the last place, on the device too', async (name) => {
    const start = points(name, 4000);
    for (const point of await runOnDevice(gpu, evaluator(name), 'main', 'memory', start))
      expect(distance(name, point)).toBeLessThan(ALLOWED[name] ?? 4);
  });

  it.each(elementaryNames)('%s of zeros, infinities and not-a-number is what the reference says', async (name) => {
    const start = special.flatMap((x) => special.map((y) => [x, y, 0].map(Math.fround)));
    const after = await runOnDevice(gpu, evaluator(name), 'main', 'memory', start);
    const executable = interpret(rounded(evaluator(name)));
    for (const [i, point] of start.entries()) {
      executable.buffer('memory').set(point);
      executable.run('main');
      expect(after[i].map(seen)).toEqual([...executable.buffer('memory')].map(seen));
    }
  });
});
