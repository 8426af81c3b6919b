import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, jvp, vjp } from './index';
import { jacobianTask } from './jacobian';
import { forwardEntries } from './jacobianForward';
import { reverseEntries } from './jacobianReverse';
import { compare, dense, isOrdered, unit } from './testing/compare';
import { complexStepReference } from './testing/numbers';
import { build, coordinates, follow, pointAt, recipes } from './testing/recipes';

const variables = 4;
const runs = { numRuns: 300 };

describe('first derivatives of random expressions', () => {
  it('jvp agrees with the complex step', () => {
    let compared = 0;
    fc.assert(
      fc.property(recipes({ variables }), coordinates(variables), coordinates(variables), (recipe, at, direction) => {
        const { graph, symbols, nodes } = build(recipe);
        const tangents = jvp(
          graph,
          nodes,
          pointAt(
            symbols,
            direction.map((value) => graph.constant(value)),
          ),
        );
        const references = complexStepReference((algebra, point) => follow(recipe, algebra, point), at, direction);
        compared += compare(evaluate(graph, tangents, pointAt(symbols, at)), references);
      }),
      runs,
    );
    expect(compared).toBeGreaterThan(500);
  });

  it.each([
    ['forward', forwardEntries],
    ['reverse', reverseEntries],
  ] as const)('jacobian in %s mode agrees with the complex step', (_, entriesOf) => {
    let compared = 0;
    fc.assert(
      fc.property(recipes({ variables }), coordinates(variables), (recipe, at) => {
        const { graph, symbols, nodes } = build(recipe);
        const roots = nodes.slice(-5);
        const entries = entriesOf(jacobianTask(graph, roots, symbols));
        expect(isOrdered(entries)).toBe(true);
        const values = evaluate(
          graph,
          entries.map(({ value }) => value),
          pointAt(symbols, at),
        );
        const matrix = dense(entries, values, roots.length, variables);
        for (let column = 0; column < variables; column++) {
          const references = complexStepReference(
            (algebra, point) => follow(recipe, algebra, point).slice(-5),
            at,
            unit(column, variables),
          );
          compared += compare(
            matrix.map((row) => row[column]),
            references,
          );
        }
      }),
      runs,
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('vjp gives the gradient by the complex step', () => {
    let compared = 0;
    fc.assert(
      fc.property(recipes({ variables }), coordinates(variables), (recipe, at) => {
        const { graph, symbols, nodes } = build(recipe);
        const gradient = vjp(graph, nodes.slice(-1), [graph.constant(1)], symbols);
        const references = symbols.flatMap((_, j) =>
          complexStepReference((algebra, point) => follow(recipe, algebra, point).slice(-1), at, unit(j, variables)),
        );
        compared += compare(evaluate(graph, gradient, pointAt(symbols, at)), references);
      }),
      runs,
    );
    expect(compared).toBeGreaterThan(300);
  });

  it('vjp is the transpose of jvp', () => {
    let compared = 0;
    const polynomial = recipes({ variables }).map((recipe) => ({
      ...recipe,
      steps: recipe.steps.map((step) =>
        step.kind === 'unary'
          ? { ...step, op: 'sin' as const }
          : step.kind === 'binary'
            ? { ...step, op: 'mul' as const }
            : step,
      ),
    }));
    fc.assert(
      fc.property(polynomial, coordinates(variables), coordinates(variables), coordinates(3), (recipe, at, v, w) => {
        const { graph, symbols, nodes } = build(recipe);
        const roots = nodes.slice(-3);
        const directions = symbols.map((_, i) => graph.symbol(`v${i}`));
        const seeds = roots.map((_, i) => graph.symbol(`w${i}`));
        const tangents = jvp(graph, roots, pointAt(symbols, directions));
        const adjoints = vjp(graph, roots, seeds, symbols);
        const point = new Map([...pointAt(symbols, at), ...pointAt(directions, v), ...pointAt(seeds, w)]);
        const forward = evaluate(graph, tangents, point).map((value, i) => value * w[i]);
        const backward = evaluate(graph, adjoints, point).map((value, i) => value * v[i]);
        const total = (terms: number[]): number => terms.reduce((sum, term) => sum + term, 0);
        const scale = Math.max(1, ...[...forward, ...backward].map(Math.abs));
        if (scale > 1e12) return;
        compared++;
        expect(Math.abs(total(forward) - total(backward))).toBeLessThanOrEqual(1e-9 * scale);
      }),
      runs,
    );
    expect(compared).toBeGreaterThan(100);
  });
});
