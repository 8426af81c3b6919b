import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, Graph, hessian, jvp, mixedHessian, type Node, vjp } from './index';
import { compare, dense, isOrdered, unit } from './testing/compare';
import { complexStepReference } from './testing/numbers';
import { build, coordinates, interpret, pointAt, recipes } from './testing/recipes';

const variables = 4;
const runs = { numRuns: 300 };

describe('second derivatives of random expressions', () => {
  it('hessian agrees with the complex step through the gradient, and is symmetric', () => {
    let compared = 0;
    fc.assert(
      fc.property(recipes({ variables }), coordinates(variables), (recipe, at) => {
        const { graph, symbols, nodes } = build(recipe);
        const root = nodes[nodes.length - 1];
        const gradient = vjp(graph, [root], [graph.constant(1)], symbols);
        const entries = hessian(graph, root, symbols);
        expect(isOrdered(entries)).toBe(true);
        expect(entries.every(({ row, column }) => row >= column)).toBe(true);
        const values = evaluate(
          graph,
          entries.map(({ value }) => value),
          pointAt(symbols, at),
        );
        const lower = dense(entries, values, variables, variables);
        for (let column = 0; column < variables; column++) {
          const references = complexStepReference(
            (algebra, from) => interpret(graph, gradient, algebra, pointAt(symbols, from)),
            at,
            unit(column, variables),
          );
          const full = lower.map((_, row) => (row >= column ? lower[row][column] : lower[column][row]));
          compared += compare(full, references);
        }
      }),
      runs,
    );
    expect(compared).toBeGreaterThan(300);
  });

  it('hessian agrees with jvp of jvp', () => {
    const cubic = (graph: Graph, x: readonly Node[]): Node =>
      graph.sum(
        x.map((xi, i) => graph.mul(graph.unary('tanh', graph.mul(xi, x[(i + 1) % x.length])), graph.div(xi, x[0]))),
      );
    fc.assert(
      fc.property(coordinates(variables), coordinates(variables), (at, direction) => {
        const graph = new Graph();
        const symbols = unit(0, variables).map((_, i) => graph.symbol(`x${i}`));
        const root = cubic(graph, symbols);
        const along = pointAt(
          symbols,
          direction.map((value) => graph.constant(value)),
        );
        const curvature = jvp(graph, jvp(graph, [root], along), along);
        const entries = hessian(graph, root, symbols);
        const [expected, ...values] = evaluate(
          graph,
          [...curvature, ...entries.map(({ value }) => value)],
          pointAt(symbols, at),
        );
        const terms = entries.map(
          ({ row, column }, i) => (row === column ? 1 : 2) * values[i] * direction[row] * direction[column],
        );
        const scale = Math.max(1, ...terms.map(Math.abs));
        expect(Math.abs(terms.reduce((sum, term) => sum + term, 0) - expected)).toBeLessThan(1e-10 * scale);
      }),
    );
  });

  it('mixedHessian is the block of the hessian', () => {
    let compared = 0;
    fc.assert(
      fc.property(recipes({ variables }), coordinates(variables), (recipe, at) => {
        const { graph, symbols, nodes } = build(recipe);
        const root = nodes[nodes.length - 1];
        const [rows, columns] = [symbols.slice(0, 1), symbols.slice(1)];
        const entries = mixedHessian(graph, root, rows, columns);
        expect(isOrdered(entries)).toBe(true);
        const gradient = vjp(graph, [root], [graph.constant(1)], rows);
        const values = evaluate(
          graph,
          entries.map(({ value }) => value),
          pointAt(symbols, at),
        );
        const block = dense(entries, values, rows.length, columns.length);
        columns.forEach((_, column) => {
          const references = complexStepReference(
            (algebra, from) => interpret(graph, gradient, algebra, pointAt(symbols, from)),
            at,
            unit(column + 1, variables),
          );
          compared += compare(
            block.map((row) => row[column]),
            references,
          );
        });
      }),
      runs,
    );
    expect(compared).toBeGreaterThan(100);
  });
});
