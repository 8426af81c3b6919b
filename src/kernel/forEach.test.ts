/** Independent loops give the same numbers however many iterations a backend takes at once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backends } from './backends';
import { Program } from './program';
import { select, sqrt } from './real';

const LENGTH = 40;
/** Odd: one iteration is taken alone. */
const COUNT = 7;

describe.each(backends)('$name', ({ load }) => {
  /** Runs what `body` records, with `a` filled with sines, and gives `b`. */
  function run(body: (program: Program, a: ReturnType<Program['buffer']>, b: ReturnType<Program['buffer']>) => void) {
    const program = new Program();
    const [a, b] = [program.buffer('a', LENGTH, 3), program.buffer('b', LENGTH, 3)];
    program.procedure('run', () => body(program, a, b));
    const executable = load(program.module());
    executable.buffer('a').set(Array.from({ length: 3 * LENGTH }, (_, i) => Math.sin(i)));
    executable.run('run');
    return { a: executable.buffer('a'), b: executable.buffer('b') };
  }

  it.each([0, 1, 2, 3, 7])('side by side, from 1 on, %i iterations', (count) => {
    const { a, b } = run((program, source, target) =>
      program.forEach(1, 1 + count, (i) => target.at(i, 0).set(source.at(i, 0).times(2).plus(1))),
    );
    for (let i = 0; i < LENGTH; i++) expect(b[3 * i]).toBe(i >= 1 && i <= count ? 2 * a[3 * i] + 1 : 0);
  });

  it('elements apart, side by side and shared, with an inner loop', () => {
    const { a, b } = run((program, source, target) => {
      const outer = program.variable(source.at(5, 1));
      program.forEach(0, 3, (j) => {
        const sum = program.variable(outer);
        program.for(0, 10, (m) => sum.add(source.at(m, 2).times(source.at(m, j))));
        target.at(j, 1).set(sum);
        target.at(20, j).set(sum.negated());
      });
    });
    for (let j = 0; j < 3; j++) {
      let sum = a[16];
      for (let m = 0; m < 10; m++) sum += a[3 * m + 2] * a[3 * m + j];
      expect(b[3 * j + 1]).toBeCloseTo(sum, 13);
      expect(b[60 + j]).toBeCloseTo(-sum, 13);
    }
  });

  it('choices, roots and the number of the iteration', () => {
    const { a, b } = run((program, source, target) =>
      program.forEach(0, 9, (i) => {
        const x = program.let(source.at(i, 0));
        const positive = x.gt(0).and(x.lt(0.9));
        target.at(i, 0).set(select(positive, sqrt(select(positive, x, 0)), i.times(2).plus(3).toReal().negated()));
      }),
    );
    for (let i = 0; i < 9; i++) {
      const x = a[3 * i];
      expect(b[3 * i]).toBe(x > 0 && x < 0.9 ? Math.sqrt(x) : -(2 * i + 3));
    }
  });

  it('a sum made before is one number to all iterations', () => {
    const { a, b } = run((program, source, target) => {
      const sum = program.total(0, 5, (i) => source.at(i, 0));
      program.forEach(0, 5, (i) => target.at(i, 0).set(sum.times(source.at(i, 1))));
    });
    const sum = a[0] + a[3] + a[6] + a[9] + a[12];
    for (let i = 0; i < 5; i++) expect(b[3 * i]).toBeCloseTo(sum * a[3 * i + 1], 14);
  });

  it('functions, elementary and its own', () => {
    const { a, b } = run((program, source, target) =>
      program.forEach(0, 7, (i) => {
        target.at(i, 0).set(program.apply('sin', source.at(i, 0).times(9)));
        target.at(i, 1).set(program.apply('pow', source.at(i, 1).times(source.at(i, 1)), source.at(i, 2)));
      }),
    );
    for (let i = 0; i < 7; i++) {
      expect(b[3 * i]).toBeCloseTo(Math.sin(9 * a[3 * i]), 14);
      expect(b[3 * i + 1]).toBeCloseTo((a[3 * i + 1] * a[3 * i + 1]) ** a[3 * i + 2], 12);
    }
  });

  it.each([2, 3])('%i iterations that change what they read', (count) => {
    const { a, b } = run((program, source, target) =>
      program.forEach(0, count, (i) => {
        target.at(i, 0).add(source.at(i, 0));
        target.at(i, 1).set(target.at(i, 0).times(2));
      }),
    );
    for (let i = 0; i < LENGTH; i++)
      expect([b[3 * i], b[3 * i + 1]]).toEqual(i < count ? [a[3 * i], 2 * a[3 * i]] : [0, 0]);
  });

  it('only some of the iterations get somewhere', () => {
    const { a, b } = run((program, source, target) =>
      program.forEach(0, 9, (i) => {
        const x = program.variable(source.at(i, 0));
        const steps = program.variable(0);
        program.if(
          x.gt(0),
          () => target.at(i, 1).set(x),
          () => {
            target.at(i, 2).set(x);
            x.set(x.negated());
          },
        );
        program.while(x.lt(1), () => {
          x.add(x.plus(0.01));
          steps.add(1);
        });
        target.at(i, 0).set(steps.plus(x));
      }),
    );
    for (let i = 0; i < 9; i++) {
      const x = a[3 * i];
      let [y, steps] = [Math.abs(x), 0];
      for (; y < 1; steps++) y = y + (y + 0.01);
      expect(Array.from(b.subarray(3 * i, 3 * i + 3))).toEqual([steps + y, x > 0 ? x : 0, x > 0 ? 0 : x]);
    }
  });

  it('procedures with arguments and scratch memory, which has sums of its own', () => {
    const program = new Program(0);
    const [a, b] = [program.buffer('a', LENGTH), program.buffer('b', LENGTH, 2)];
    const powers = program.shared('powers', 4);
    const fill = program.procedure(
      'fill',
      (k, j) => {
        powers.at(0).set(a.at(k));
        program.for(1, 4, (i) => powers.at(i).set(powers.at(i.minus(1)).times(a.at(j))));
      },
      false,
    );
    const store = program.procedure(
      'store',
      (k) => {
        fill.call(k.plus(1), 3);
        b.at(k, 1).set(program.total(0, 4, (i) => powers.at(i)).plus(k.toReal()));
      },
      false,
    );
    program.procedure('run', () => program.forEach(2, 2 + COUNT, (k) => store.call(k)));
    const executable = load(program.module());
    const values = Array.from({ length: LENGTH }, (_, i) => Math.cos(i));
    executable.buffer('a').set(values);
    executable.run('run');
    const written = executable.buffer('b');
    for (let k = 0; k < LENGTH; k++) {
      const x = values[3];
      const expected = k >= 2 && k < 2 + COUNT ? values[k + 1] * (1 + x + x * x + x * x * x) + k : 0;
      expect(written[2 * k + 1]).toBeCloseTo(expected, 13);
    }
  });

  it('procedures that only some of the iterations call, and these others', () => {
    const program = new Program();
    const [a, b] = [program.buffer('a', LENGTH), program.buffer('b', LENGTH, 3)];
    const value = program.shared('value', 1);
    const half = program.procedure('half', () => value.at(0).set(value.at(0).times(0.5)), false);
    const note = program.procedure(
      'note',
      (k) => {
        b.at(k, 0).add(1);
        program.if(value.at(0).gt(1), () => half.call());
        half.call();
      },
      false,
    );
    const work = program.procedure(
      'work',
      (k) => {
        value.at(0).set(a.at(k));
        program.if(a.at(k).gt(20), () => half.call());
        program.while(value.at(0).gt(0.3), () => note.call(k));
        b.at(k, 1).set(value.at(0));
      },
      false,
    );
    program.procedure('run', () => program.forEach(0, COUNT, (k) => work.call(k)));
    const executable = load(program.module());
    const values = [40, 0.1, 3, -2, 25, 0.7, 1.5];
    executable.buffer('a').set(values);
    executable.run('run');
    const written = executable.buffer('b');
    for (const [k, start] of values.entries()) {
      let [x, noted] = [start > 20 ? start / 2 : start, 0];
      for (; x > 0.3; noted++) x /= x > 1 ? 4 : 2;
      expect(Array.from(written.subarray(3 * k, 3 * k + 2))).toEqual([noted, x]);
    }
  });

  it('sums, least and greatest of random numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e3, max: 1e3 }), { maxLength: LENGTH }), (numbers) => {
        const program = new Program();
        const values = program.buffer('values', LENGTH);
        const found = program.buffer('found', 5);
        program.procedure('run', () => {
          const n = numbers.length;
          found.at(0).set(program.total(0, n, (i) => values.at(i)));
          found.at(1).set(program.smallest(7, 0, n, (i) => values.at(i)));
          found.at(2).set(program.greatest(-7, 0, n, (i) => values.at(i)));
          const both = program.totals(2, 0, n, (i) => [values.at(i).times(3), values.at(i).minus(1)]);
          both.forEach((total, t) => found.at(3 + t).set(total));
        });
        const executable = load(program.module());
        executable.buffer('values').set(numbers);
        executable.run('run');
        const [sum, least, most, thrice, less] = executable.buffer('found');
        expect(sum).toBeCloseTo(
          numbers.reduce((x, y) => x + y, 0),
          9,
        );
        expect(thrice).toBeCloseTo(3 * sum, 8);
        expect(less).toBeCloseTo(sum - numbers.length, 8);
        expect(least).toBe(Math.min(7, ...numbers));
        expect(most).toBe(Math.max(-7, ...numbers));
      }),
    );
  });
});

it('refuses a body that sets a variable made outside it', () => {
  const program = new Program();
  const a = program.buffer('a', LENGTH);
  expect(() =>
    program.procedure('run', () => {
      const sum = program.variable(0);
      program.forEach(0, LENGTH, (i) => sum.add(a.at(i)));
    }),
  ).toThrow('made outside it');
});
