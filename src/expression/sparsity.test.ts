import { describe, expect, it } from 'vitest';
import { Graph, hessian, jacobian, jvp, vjp } from './index';
import { jacobianTask } from './jacobian';
import { forwardCost, reverseCost } from './sparsity';

describe('sparsity', () => {
  it('has no entry where a node does not depend on a symbol, in either mode', () => {
    const graph = new Graph();
    const x = Array.from({ length: 40 }, (_, i) => graph.symbol(`x${i}`));
    const chained = x.slice(1).map((xi, i) => graph.mul(xi, graph.unary('sin', x[i])));
    expect(jacobian(graph, chained, x).map(({ row, column }) => [row, column])).toEqual(
      chained.flatMap((_, row) => [
        [row, row],
        [row, row + 1],
      ]),
    );
    const total = graph.sum(chained);
    expect(jacobian(graph, [total], x).map(({ column }) => column)).toEqual(x.map((_, column) => column));
    expect(hessian(graph, total, x).map(({ row, column }) => [row, column])).toEqual([
      [0, 0],
      ...x.slice(1, -1).flatMap((_, i) => [
        [i + 1, i],
        [i + 1, i + 1],
      ]),
      [39, 38],
    ]);
  });

  it('counts the way along the fewer rows or columns as the cheaper one', () => {
    const graph = new Graph();
    const x = Array.from({ length: 12 }, (_, i) => graph.symbol(`x${i}`));
    const product = x.reduce((left, right) => graph.mul(left, graph.unary('sin', right)));
    const gradient = jacobianTask(graph, [product], x);
    expect(reverseCost(gradient)).toBeLessThan(forwardCost(gradient));
    const powers = Array.from({ length: 12 }, (_, i) => graph.unary('sin', graph.mul(graph.constant(i + 2), x[0])));
    const tangent = jacobianTask(graph, [...powers, graph.sum(powers)], x.slice(0, 1));
    expect(forwardCost(tangent)).toBeLessThan(reverseCost(tangent));
  });

  it('gives entries of constants and of symbols themselves', () => {
    const graph = new Graph();
    const [x, y] = [graph.symbol('x'), graph.symbol('y')];
    const one = graph.constant(1);
    expect(jacobian(graph, [y, graph.constant(3), x], [x, y])).toEqual([
      { row: 0, column: 1, value: one },
      { row: 2, column: 0, value: one },
    ]);
    expect(hessian(graph, graph.add(x, y), [x, y])).toEqual([]);
    expect(vjp(graph, [x], [one], [y])).toEqual([graph.constant(0)]);
    expect(jvp(graph, [x], new Map([[y, one]]))).toEqual([graph.constant(0)]);
  });
});
