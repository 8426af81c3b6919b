/** Procedures so long that they are cut give the same numbers in pieces, alone and in loops of any length. */
import { describe, expect, it } from 'vitest';
import { backends } from './backends';
import { interpret } from './interpreter';
import type { Executable, Module } from './ir';
import { type Place, type Procedure, Program } from './program';
import type { Real } from './real';
import { piecesOf } from './wasm/pieces';

const LENGTH = 40;
const VALUES = 1500;

interface Shape {
  /** The values between which a sum is set again and again. */
  readonly sum?: readonly [from: number, to: number];
  /** Through scratch memory, which iterations would share. */
  readonly scratch?: boolean;
}

/** b_k from a_k and a_{k+1}, by values that are made of some just before them and some long before. */
function module({ sum = [0, 0], scratch = false }: Shape, run: (program: Program, long: Procedure) => void): Module {
  const program = new Program();
  const [a, b] = [program.buffer('a', LENGTH + 1), program.buffer('b', LENGTH, 3)];
  const shared = program.shared('shared', 1);
  const long = program.procedure(
    'long',
    (k) => {
      const values: Real[] = [program.let(a.at(k)), program.let(a.at(k.plus(1)))];
      const back = (i: number): Real => values[Math.max(0, values.length - i)];
      const gathered: Place[] = [];
      if (scratch) shared.at(0).set(back(1));
      for (let i = 0; i < VALUES; i++) {
        if (i === sum[0]) gathered.push(program.variable(0));
        if (i >= sum[0] && i < sum[1]) gathered[0].add(back(1));
        if (i === sum[1] - 1) b.at(k, 0).add(gathered[0]);
        const far = back(i % 7 === 0 ? 900 : 2 + (i % 5));
        values.push(
          program.let(
            back(1)
              .times(0.5)
              .plus(far.times(i % 3 === 0 ? -0.5 : 0.25)),
          ),
        );
        if (i % 400 === 0) b.at(k, 0).set(back(3));
      }
      program.for(1, 3, (m) => b.at(k, m).set(back(1).plus(m.toReal())));
      if (scratch) b.at(k, 2).add(shared.at(0));
    },
    false,
  );
  program.procedure('run', () => run(program, long));
  return program.module();
}

function results(executable: Executable): number[] {
  executable.buffer('a').set(Array.from({ length: LENGTH + 1 }, (_, i) => Math.sin(i)));
  executable.run('run');
  return Array.from(executable.buffer('b'));
}

describe.each(backends)('$name', ({ load }) => {
  it.each([1, 2, 7, 8, 9, 16, 17, 19])('%i iterations', (count) => {
    const made = module({}, (program, long) => program.forEach(3, 3 + count, (k) => long.call(k)));
    expect(results(load(made))).toEqual(results(interpret(made)));
  });

  it.each<[string, Shape]>([
    ['with a sum across a cut', { sum: [500, 800] }],
    ['with scratch', { scratch: true }],
  ])('%s, in a loop and alone', (_, shape) => {
    const made = module(shape, (program, long) => {
      long.call(1);
      program.for(2, 5, (k) => long.call(k));
      program.forEach(5, 17, (k) => long.call(k));
    });
    expect(results(load(made))).toEqual(results(interpret(made)));
  });
});

it('cuts where no local changes on both sides, and not at all where one changes all along', () => {
  const pieces = (shape: Shape) => {
    const long = module(shape, (_, procedure) => procedure.call(0)).procedures[0];
    return piecesOf(long)?.codes.map(({ body }) => body.length) ?? [];
  };
  expect(pieces({})).toHaveLength(2);
  const [first, second] = pieces({ sum: [500, 1100] });
  expect(first).toBeGreaterThan(2 * second);
  expect(pieces({ sum: [0, VALUES] })).toEqual([]);
});
