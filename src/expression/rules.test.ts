import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Binary, binaries, evaluate, Graph, hessian, jvp, type Node, type Unary, unaries, vjp } from './index';
import { pointAt } from './testing/recipes';

describe('rules of differentiation', () => {
  /** Intervals on which the primitive is smooth, per operand. */
  const unaryDomain: { readonly [P in Unary]: readonly [number, number] } = {
    neg: [-2, 2],
    abs: [0.1, 2],
    sign: [0.1, 2],
    sqrt: [0.1, 2],
    sin: [-2, 2],
    cos: [-2, 2],
    tan: [-1.3, 1.3],
    asin: [-0.9, 0.9],
    acos: [-0.9, 0.9],
    atan: [-2, 2],
    sinh: [-2, 2],
    cosh: [-2, 2],
    tanh: [-2, 2],
    exp: [-2, 2],
    log: [0.1, 2],
  };
  type Box = readonly [number, number, number, number];
  const binaryDomain: { readonly [P in Binary]: readonly Box[] } = {
    add: [[-2, 2, -2, 2]],
    sub: [[-2, 2, -2, 2]],
    mul: [[-2, 2, -2, 2]],
    div: [[-2, 2, 0.3, 2]],
    pow: [[0.3, 2, -2, 2]],
    atan2: [
      [0.3, 2, -2, 2],
      [-2, 2, 0.3, 2],
      [-2, -0.3, -2, 2],
    ],
    min: [
      [-2, 0, 0.1, 2],
      [0.1, 2, -2, 0],
    ],
    max: [
      [-2, 0, 0.1, 2],
      [0.1, 2, -2, 0],
    ],
    lessEqual: [
      [-2, 0, 0.1, 2],
      [0.1, 2, -2, 0],
    ],
  };
  const between = (low: number, high: number): fc.Arbitrary<number> => fc.double({ min: low, max: high, noNaN: true });

  /** First and second directional derivatives of one primitive, by both ways to the second, against differences. */
  function checkDifferences(make: (graph: Graph, operands: Node[]) => Node, at: number[], direction: number[]): void {
    const graph = new Graph();
    const symbols = at.map((_, i) => graph.symbol(`x${i}`));
    const along = new Map(symbols.map((symbol, i) => [symbol, graph.constant(direction[i])]));
    const node = make(graph, symbols);
    const [first] = jvp(graph, [node], along);
    const [second] = jvp(graph, [first], along);
    const entries = hessian(graph, node, symbols);
    const form = graph.sum(
      entries.map(({ row, column, value }) => {
        const weight = (row === column ? 1 : 2) * direction[row] * direction[column];
        return graph.mul(graph.constant(weight), value);
      }),
    );
    const h = 1e-5;
    const valuesAt = (step: number): number[] => {
      const moved = at.map((value, i) => value + step * direction[i]);
      return evaluate(graph, [node, first], pointAt(symbols, moved));
    };
    const [before, after] = [valuesAt(-h), valuesAt(h)];
    const [slope, slopeOfSlope] = before.map((value, i) => (after[i] - value) / (2 * h));
    const results = evaluate(graph, [first, second, form], pointAt(symbols, at));
    [slope, slopeOfSlope, slopeOfSlope].forEach((difference, i) => {
      expect(Math.abs(results[i] - difference)).toBeLessThan(1e-4 * (1 + Math.abs(results[i])));
    });
  }

  it.each(unaries.map((op) => [op]))('of %s agrees with central differences', (op) => {
    fc.assert(
      fc.property(between(...unaryDomain[op]), (at) => {
        checkDifferences((graph, [a]) => graph.unary(op, a), [at], [1]);
      }),
    );
  });

  it.each(binaries.map((op) => [op]))('of %s agrees with central differences', (op) => {
    for (const [lowA, highA, lowB, highB] of binaryDomain[op]) {
      fc.assert(
        fc.property(between(lowA, highA), between(lowB, highB), between(-1, 1), between(-1, 1), (a, b, da, db) => {
          checkDifferences((graph, [p, q]) => graph.binary(op, p, q), [a, b], [da, db]);
        }),
      );
    }
  });

  it('of powers with a constant exponent are finite at a zero base', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 1.5, 2, 2.5, 3, 5, 9, 12), (exponent) => {
        const graph = new Graph();
        const x = graph.symbol('x');
        const [slope] = vjp(graph, [graph.pow(x, graph.constant(exponent))], [graph.constant(1)], [x]);
        expect(evaluate(graph, [slope], new Map([[x, 0]]))[0]).toBe(exponent === 1 ? 1 : 0);
      }),
    );
  });

  it('of powers with respect to the exponent have their limit at a zero base, and none at a negative one', () => {
    const graph = new Graph();
    const [x, n] = [graph.symbol('x'), graph.symbol('n')];
    const [slope] = vjp(graph, [graph.pow(x, n)], [graph.constant(1)], [n]);
    const at = (base: number): number => evaluate(graph, [slope], pointAt([x, n], [base, 2]))[0];
    expect(at(0)).toBe(0);
    expect(at(3)).toBeCloseTo(9 * Math.log(3), 12);
    expect(at(-3)).toBeNaN();
  });
});
