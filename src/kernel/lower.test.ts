import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Binary, binaries, evaluate, Graph, type Node, type Unary, unaries } from '../expression';
import { backends } from './backends';
import type { Executable, Module } from './ir';
import { GraphLowering } from './lower';
import { Program } from './program';
import { countOperations } from './statistics';
import { anyDouble } from './testing';

interface Case {
  readonly graph: Graph;
  readonly symbols: readonly Node[];
  readonly outputs: readonly Node[];
}

/** A procedure `run` that computes the outputs from the symbols. */
function lowered({ graph, symbols, outputs }: Case): Module {
  const program = new Program();
  const x = program.buffer('x', symbols.length);
  const y = program.buffer('y', outputs.length);
  program.procedure('run', () => {
    const lowering = new GraphLowering(program, graph, new Map(symbols.map((symbol, i) => [symbol, x.at(i)])));
    lowering.lower(outputs).forEach((value, i) => {
      y.at(i).set(value);
    });
  });
  return program.module();
}

function run(executable: Executable, point: readonly number[]): number[] {
  executable.buffer('x').set(point);
  executable.run('run');
  return [...executable.buffer('y')];
}

const reference = ({ graph, symbols, outputs }: Case, point: readonly number[]): number[] =>
  evaluate(graph, outputs, new Map(symbols.map((symbol, i) => [symbol, point[i]])));

/** Graphs over three symbols, grown by operations on earlier nodes, mostly on late ones so that they become deep. */
const graphs = (operations: readonly (Unary | Binary)[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...operations), fc.nat(5), fc.nat(100), fc.boolean()), {
      minLength: 1,
      maxLength: 150,
    })
    .map((steps): Case => {
      const graph = new Graph();
      const symbols = ['a', 'b', 'c'].map((name) => graph.symbol(name));
      const nodes = [...symbols, graph.constant(2), graph.constant(-0.75)];
      for (const [operation, near, far, swap] of steps) {
        const operands = [nodes[Math.max(nodes.length - 1 - near, 0)], nodes[far % nodes.length]];
        if (swap) operands.reverse();
        const unary = (unaries as readonly string[]).includes(operation);
        nodes.push(
          unary
            ? graph.unary(operation as Unary, operands[0])
            : graph.binary(operation as Binary, operands[0], operands[1]),
        );
      }
      return { graph, symbols, outputs: nodes.slice(-4) };
    });

const arithmetic = ['neg', 'abs', 'sign', 'sqrt', 'add', 'sub', 'mul', 'div', 'min', 'max', 'lessEqual'] as const;
/** The graph does not tell the zeros apart. */
const unsigned = (values: readonly number[]) => values.map((value) => value + 0);

describe.each(backends)('$name', ({ load }) => {
  it('computes graphs of arithmetic exactly', () => {
    fc.assert(
      fc.property(graphs(arithmetic), fc.array(anyDouble, { minLength: 3, maxLength: 3 }), (made, point) => {
        const expected = reference(made, point);
        fc.pre(expected.every(Number.isFinite));
        expect(unsigned(run(load(lowered(made)), point))).toEqual(unsigned(expected));
      }),
      { numRuns: 300 },
    );
  });

  it.each([...unaries, ...binaries])('computes %s', (operation) => {
    const graph = new Graph();
    const symbols = [graph.symbol('a'), graph.symbol('b')];
    const unary = (unaries as readonly string[]).includes(operation);
    const node = unary
      ? graph.unary(operation as Unary, symbols[0])
      : graph.binary(operation as Binary, symbols[0], symbols[1]);
    const made = { graph, symbols, outputs: [node] };
    const executable = load(lowered(made));
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5 }), fc.double({ min: -5, max: 5 }), (a, b) => {
        const [expected] = reference(made, [a, b]);
        const [got] = run(executable, [a, b]);
        if (Number.isFinite(expected))
          expect(Math.abs(got - expected)).toBeLessThanOrEqual(2 ** -50 * Math.abs(expected));
        else expect(got).toBe(expected);
      }),
    );
  });

  it('takes long chains and widely shared nodes', () => {
    const graph = new Graph();
    const a = graph.symbol('a');
    let chain = a;
    for (let i = 0; i < 5000; i++) chain = graph.sub(graph.constant(i), chain);
    let shared = a;
    for (let i = 0; i < 200; i++) shared = graph.unary('sqrt', graph.add(shared, graph.mul(shared, shared)));
    const made = { graph, symbols: [a], outputs: [chain, shared] };
    expect(run(load(lowered(made)), [0.9])).toEqual(reference(made, [0.9]));
    expect(countOperations(lowered(made), 'run').divides).toBe(200);
  });
});

it('every backend computes graphs of all primitives alike', () => {
  fc.assert(
    fc.property(
      graphs([...unaries, ...binaries]),
      fc.array(fc.double({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }),
      (made, point) => {
        const [first, ...others] = backends.map(({ load }) => run(load(lowered(made)), point));
        for (const other of others) expect(other).toEqual(first);
      },
    ),
    { numRuns: 200 },
  );
});

it('shares what several calls compute, and takes values for whole subexpressions', () => {
  const graph = new Graph();
  const a = graph.symbol('a');
  const inner = graph.unary('sqrt', a);
  const program = new Program();
  const x = program.buffer('x', 1);
  const y = program.buffer('y', 3);
  program.procedure('run', () => {
    const lowering = new GraphLowering(program, graph, new Map([[a, x.at(0)]]));
    y.at(0).set(lowering.lower([inner])[0]);
    y.at(1).set(lowering.lower([graph.add(inner, graph.constant(1))])[0]);
    const bound = new GraphLowering(program, graph, new Map([[inner, program.let(7)]]));
    y.at(2).set(bound.lower([graph.add(inner, graph.constant(1))])[0]);
  });
  expect(countOperations(program.module(), 'run').divides).toBe(1);
  for (const { load } of backends) expect(run(load(program.module()), [9])).toEqual([3, 4, 8]);
});

it('names the symbol that is not bound', () => {
  const graph = new Graph();
  expect(() => lowered({ graph, symbols: [], outputs: [graph.neg(graph.symbol('lost'))] })).toThrow('lost');
});
