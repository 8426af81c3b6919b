/** Two lanes with numbers of their own: each computes what it would alone, and nothing where it is masked out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneBackends } from './backends';
import { interpret } from './interpreter';
import type { LaneExecutable, Module } from './ir';
import { type Place, Program } from './program';
import type { Real } from './real';
import { anyDouble, MEMORY, offerFused, randomPrograms } from './testing';
import { compileLanes, instantiateLanes } from './wasm';

const numbers = fc.array(anyDouble, { minLength: MEMORY, maxLength: MEMORY });

/** Contents of a buffer, lane by lane. */
function contents({ lanes, numbers }: LaneExecutable, name: string): number[][] {
  return Array.from({ length: lanes }, (_, l) => {
    const lane = numbers(l, name);
    return [...lane.read(new Float64Array(lane.length))];
  });
}

/** The same after a run from these contents. */
function run(executable: LaneExecutable, active: number, start: readonly number[][]): number[][] {
  for (const [l, values] of start.entries()) executable.numbers(l, 'memory').write(values);
  executable.run(active, 'main');
  return contents(executable, 'memory');
}

function program(size: number, body: (program: Program, at: (i: number) => Place) => void): Module {
  const made = new Program(0);
  const memory = made.buffer('memory', size);
  made.procedure('main', () => body(made, (i) => memory.at(i)));
  return made.module();
}

describe.each(laneBackends)('$name', ({ load }) => {
  it('computes in each active lane what one lane computes, bit for bit, and leaves the others alone', () => {
    fc.assert(
      fc.property(
        randomPrograms,
        fc.tuple(numbers, numbers),
        fc.nat(3),
        fc.integer({ min: 0, max: 3 }),
        (random, start, k, active) => {
          const module = random.module();
          const alone = start.map((values, l) => {
            const executable = interpret(module);
            executable.buffer('memory').set(values);
            if (active & (1 << l)) executable.run('main', k);
            return [...executable.buffer('memory')];
          });
          const executable = load(module);
          for (const [l, values] of start.entries()) executable.numbers(l, 'memory').write(values);
          executable.run(active, 'main', k);
          expect(contents(executable, 'memory')).toEqual(alone);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('goes through nested loops as often as each lane wants', () => {
    /** Steps of the Collatz sequences from 1 to n: loops in a loop, branches that differ in every step. */
    const module = program(2, (p, at) => {
      const number = p.variable(at(0));
      p.while(number.gt(0), () => {
        const x = p.variable(number);
        p.while(x.gt(1), () => {
          const half = p.let(x.times(0.5));
          p.if(
            p.let(p.apply('floor of', half)).eq(half),
            () => x.set(half),
            () => x.set(x.times(3).plus(1)),
          );
          at(1).add(1);
        });
        number.add(-1);
      });
    });
    const withFloor: Module = {
      ...module,
      functions: [
        {
          name: 'floor of',
          parameters: 1,
          counters: 0,
          locals: 1,
          body: [],
          result: { kind: 'unary', operation: 'floor', operand: { kind: 'local', id: 0 } },
        },
      ],
    };
    const steps = (n: number): number => {
      let count = 0;
      for (let i = 1; i <= n; i++) for (let x = i; x > 1; count++) x = x % 2 === 0 ? x / 2 : 3 * x + 1;
      return count;
    };
    const after = run(load(withFloor), 3, [
      [27, 0],
      [6, 0],
    ]);
    expect(after).toEqual([
      [27, steps(27)],
      [6, steps(6)],
    ]);
    expect(run(load(withFloor), 1, after)).toEqual([[27, 2 * steps(27)], after[1]]);
  });

  it('keeps what a lane had where the other goes on: variables, elements, what a call stores', () => {
    const made = new Program(0);
    const memory = made.buffer('memory', 3);
    const double = made.procedure('double', (i) => memory.at(i).set(memory.at(i).times(2)), false);
    made.procedure('main', () => {
      const kept = made.variable(1);
      made.while(memory.at(0).gt(0), () => {
        made.if(
          memory.at(0).gt(2),
          () => kept.set(kept.plus(10)),
          () => double.call(1),
        );
        memory.at(0).add(-1);
      });
      memory.at(2).set(kept);
    });
    const start = [
      [5, 1, 0],
      [1, 3, 0],
    ];
    expect(run(load(made.module()), 3, start)).toEqual([
      [0, 4, 31],
      [0, 6, 1],
    ]);
    expect(run(load(made.module()), 2, start)).toEqual([start[0], [0, 6, 1]]);
  });

  it('a variable that a branch reads before it sets it has what the lane set it to, not the other', () => {
    const module = program(3, (p, at) =>
      p.for(0, 2, (i) => {
        p.if(i.toReal().ge(at(0)), () => {
          const set = p.variable();
          at(1).add(set);
          set.set(5);
        });
        at(2).add(1);
      }),
    );
    const start = [
      [0, 0, 0],
      [1, 0, 0],
    ];
    expect(run(load(module), 3, start)).toEqual([
      [0, 5, 2],
      [1, 0, 2],
    ]);
  });

  it('the result of a function is that of the branch the lane took', () => {
    const made = new Program(0);
    const memory = made.buffer('memory', 1);
    made.function('step', 1, (x) => {
      const result = made.variable();
      made.if(x.gt(0), () => result.set(1));
      return result;
    });
    made.procedure('main', () => memory.at(0).set(made.apply('step', memory.at(0))));
    expect(run(load(made.module()), 3, [[2], [-2]])).toEqual([[1], [0]]);
  });

  it('a function does not go on for a lane that did not call it', () => {
    const made = new Program(0);
    const memory = made.buffer('memory', 1);
    made.function('halvings', 1, (x) => {
      const left = made.variable(x);
      const count = made.variable(0);
      made.while(left.ge(1), () => {
        left.set(left.times(0.5));
        count.add(1);
      });
      return count;
    });
    made.procedure('main', () =>
      made.if(memory.at(0).lt(1e9), () => memory.at(0).set(made.apply('halvings', memory.at(0)))),
    );
    const endless = Number.POSITIVE_INFINITY;
    expect(run(load(made.module()), 3, [[1000], [endless]])).toEqual([[10], [endless]]);
  });

  it('tells apart what has no such procedure, buffer or lane', () => {
    const executable = load(program(1, (_, at) => at(0).set(1)));
    expect(executable.lanes).toBe(2);
    expect(() => executable.run(1, 'other')).toThrow('there is no exported procedure other');
    expect(() => executable.numbers(0, 'other')).toThrow('there is no buffer other');
  });
});

describe('fused multiply-adds', () => {
  const offered = offerFused();
  const sums = (f: (a: Real, b: Real, c: Real) => Real) => program(4, (_, at) => at(3).set(f(at(0), at(1), at(2))));
  const forms = [
    sums((a, b, c) => a.times(b).plus(c)),
    sums((a, b, c) => c.plus(a.times(b))),
    sums((a, b, c) => c.minus(a.times(b))),
    sums((a, b, c) => a.times(b).plus(b.times(c))),
  ];
  const size = fc.double({ min: -1e3, max: 1e3, noNaN: true });

  it.runIf(offered).each(forms.map((module, i) => [i, module] as const))(
    'form %d is right to rounding',
    (_, module) => {
      const [fused, separate] = [true, false].map((f) => instantiateLanes(module, compileLanes(module, f)));
      fc.assert(
        fc.property(fc.tuple(size, size, size), fc.tuple(size, size, size), (first, second) => {
          const start = [first, second].map((values) => [...values, 0]);
          const [a, b] = [fused, separate].map((executable) => run(executable, 3, start));
          for (const l of [0, 1]) expect(Math.abs(a[l][3] - b[l][3])).toBeLessThanOrEqual(2e6 * 2 ** -52);
        }),
      );
    },
  );

  it.runIf(offered)('rounds once or twice', () => {
    const x = 1 + 2 ** -30;
    const executable = instantiateLanes(forms[2], compileLanes(forms[2], true));
    const [[, , , left]] = run(executable, 3, [
      [x, x, x * x, 0],
      [1, 1, 1, 0],
    ]);
    expect([0, -(2 ** -60)]).toContain(left);
  });
});
