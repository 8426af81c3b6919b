import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backends } from './backends';
import { exponentOf, nearestOf, significandOf } from './bits';
import { interpret } from './interpreter';
import type { Executable, Module } from './ir';
import { Program } from './program';
import { type Counter, exponent, nearest, type Real, scale, significand } from './real';
import { anyDouble, MEMORY, randomPrograms } from './testing';
import { emitWasm, instantiate } from './wasm';

/** A module that stores f(x[0], x[1]) in y. */
function evaluator(f: (x: Real, y: Real) => Real): Module {
  const program = new Program();
  const x = program.buffer('x', 2);
  const y = program.scalar('y');
  program.procedure('run', () => y.set(f(x.at(0), x.at(1))));
  return program.module();
}

function evaluate(executable: Executable, x: number, y = 0): number {
  executable.buffer('x').set([x, y]);
  executable.run('run');
  return executable.buffer('y')[0];
}

it('the emitted code computes what the interpreter computes, bit for bit', () => {
  fc.assert(
    fc.property(
      randomPrograms,
      fc.array(anyDouble, { minLength: MEMORY, maxLength: MEMORY }),
      fc.nat(3),
      (program, start, k) => {
        const [first, second] = [interpret, instantiate].map((load) => {
          const executable = load(program.module());
          executable.buffer('memory').set(start);
          executable.run('main', k);
          return [...executable.buffer('memory')];
        });
        expect(second).toEqual(first);
      },
    ),
    { numRuns: 500 },
  );
});

describe.each(backends)('$name', ({ load }) => {
  it('takes numbers apart and puts them together again', () => {
    const parts = load(evaluator((x) => scale(significand(x), exponent(x))));
    const [e, s, n] = [exponent, significand, nearest].map((f) => load(evaluator(f)));
    fc.assert(
      fc.property(anyDouble, (x) => {
        fc.pre(!Number.isNaN(x));
        expect(evaluate(e, x)).toBe(exponentOf(x));
        expect(evaluate(s, x)).toBe(significandOf(x));
        expect(evaluate(n, x)).toBe(nearestOf(x));
        if (Math.abs(x) >= 2 ** -1022 && Math.abs(x) < 2 ** 1023) expect(evaluate(parts, x)).toBe(x);
      }),
    );
  });

  it('scales by powers of two, into overflow and underflow', () => {
    const scaled = load(evaluator(scale));
    fc.assert(
      fc.property(anyDouble, fc.integer({ min: -1022, max: 1023 }), (x, n) => {
        expect(evaluate(scaled, x, n)).toBe(x * 2 ** n);
      }),
    );
  });

  it('counts up and down over ranges that may be empty', () => {
    const program = new Program(0);
    const order = program.buffer('order', 64);
    const position = program.scalar('position');
    const note = (i: Counter) => {
      program.for(0, 64, (j) => program.if(position.eq(j.toReal()), () => order.at(j).set(i.toReal())));
      position.add(1);
    };
    program.procedure('up', (from, to) => program.for(from, to, note));
    program.procedure('down', (from, to) => program.forDown(from, to, note));
    program.procedure('literal', () => {
      program.for(-2, 1, note);
      program.forDown(-2, 1, note);
      program.for(3, 3, note);
      program.forDown(4, 3, note);
    });
    const executable = load(program.module());
    const run = (procedure: string, ...indices: number[]): number[] => {
      executable.buffer('position')[0] = 0;
      executable.run(procedure, ...indices);
      return [...executable.buffer('order').subarray(0, executable.buffer('position')[0])];
    };
    expect(run('up', 2, 5)).toEqual([2, 3, 4]);
    expect(run('down', 2, 5)).toEqual([4, 3, 2]);
    expect(run('up', 5, 5)).toEqual([]);
    expect(run('down', 6, 5)).toEqual([]);
    expect(run('literal')).toEqual([-2, -1, 0, 0, -1, -2]);
  });

  it('calls procedures and functions in whatever order they are defined, and exports only what it should', () => {
    const x = { kind: 'load', buffer: 'x', index: { kind: 'literal', value: 0 } } as const;
    const frame = { counters: 0, locals: 0, exported: false, parameters: 0 };
    const executable = load({
      buffers: [{ name: 'x', length: 1 }],
      procedures: [
        { ...frame, name: 'outer', exported: true, body: [{ kind: 'call', procedure: 'inner', indices: [] }] },
        {
          ...frame,
          name: 'inner',
          body: [
            {
              kind: 'store',
              buffer: 'x',
              index: x.index,
              value: { kind: 'apply', function: 'twice', operands: [x] },
            },
          ],
        },
      ],
      functions: [
        {
          name: 'twice',
          parameters: 1,
          counters: 0,
          locals: 1,
          body: [],
          result: { kind: 'apply', function: 'sum', operands: [0, 0].map((id) => ({ kind: 'local', id })) },
        },
        {
          name: 'sum',
          parameters: 2,
          counters: 0,
          locals: 2,
          body: [],
          result: {
            kind: 'binary',
            operation: 'add',
            first: { kind: 'local', id: 0 },
            second: { kind: 'local', id: 1 },
          },
        },
      ],
    });
    executable.buffer('x')[0] = 21;
    executable.run('outer');
    expect(executable.buffer('x')[0]).toBe(42);
    expect(() => executable.run('inner')).toThrow('there is no exported procedure inner');
    expect(() => executable.buffer('z')).toThrow('there is no buffer z');
  });

  it('says what is called but not defined', () => {
    const program = new Program();
    program.procedure('run', () => program.record({ kind: 'call', procedure: 'nowhere', indices: [] }));
    expect(() => load(program.module()).run('run')).toThrow('nowhere');
  });
});

describe('interpreter', () => {
  it('checks every access and every argument', () => {
    const program = new Program();
    const x = program.buffer('x', 3);
    program.procedure('write', (i) => x.at(i).set(1));
    const executable = interpret(program.module());
    expect(() => executable.run('write', 3)).toThrow('x[3] is outside 0..2');
    expect(() => executable.run('write', -1)).toThrow('not a whole number');
    expect(() => executable.run('write')).toThrow('write takes 1 indices, not 0');
  });
});

describe('wasm', () => {
  it('takes large bodies, and refuses what engines refuse in plain words', () => {
    const program = new Program();
    const x = program.buffer('x', 1000);
    program.procedure('many', () => {
      const all = Array.from({ length: 50_001 }, (_, i) => program.variable(x.at(i % 1000)));
      for (const one of all) one.set(0);
    });
    expect(() => emitWasm(program.module())).toThrow('many has 50001 variables');
  });
});
