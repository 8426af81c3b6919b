import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Binary,
  binaries,
  evaluate,
  Graph,
  hessian,
  jacobian,
  jvp,
  mixedHessian,
  type Node,
  type SparseEntry,
  type Unary,
  unaries,
  vjp,
} from './index';
import { jacobianTask } from './jacobian';
import { forwardEntries } from './jacobianForward';
import { reverseEntries } from './jacobianReverse';
import { forwardCost, reverseCost } from './sparsity';
import { complexStepReference, isDefinite, type Reference } from './testing/numbers';
import { build, coordinates, follow, interpret, pointAt, recipes } from './testing/recipes';

const variables = 4;
const runs = { numRuns: 300 };

/** Compares where the reference is definite; returns how often it was. */
function compare(results: readonly number[], references: readonly Reference[]): number {
  let compared = 0;
  references.forEach((reference, i) => {
    if (!isDefinite(reference)) return;
    compared++;
    expect(Math.abs(results[i] - reference.value)).toBeLessThanOrEqual(reference.tolerance);
  });
  return compared;
}

const unit = (j: number): number[] => Array.from({ length: variables }, (_, i) => (i === j ? 1 : 0));

function dense(entries: readonly SparseEntry[], values: readonly number[], rows: number, columns: number): number[][] {
  const matrix = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  entries.forEach(({ row, column }, i) => {
    matrix[row][column] = values[i];
  });
  return matrix;
}

function isOrdered(entries: readonly SparseEntry[]): boolean {
  return entries.every(
    ({ row, column }, i) =>
      i === 0 || entries[i - 1].row < row || (entries[i - 1].row === row && entries[i - 1].column < column),
  );
}

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

  /** First and second directional derivatives of one primitive against central differences. */
  function checkDifferences(make: (graph: Graph, operands: Node[]) => Node, at: number[], direction: number[]): void {
    const graph = new Graph();
    const symbols = at.map((_, i) => graph.symbol(`x${i}`));
    const along = new Map(symbols.map((symbol, i) => [symbol, graph.constant(direction[i])]));
    const node = make(graph, symbols);
    const [first] = jvp(graph, [node], along);
    const [second] = jvp(graph, [first], along);
    const h = 1e-5;
    const values = [-h, h].map((step) =>
      evaluate(
        graph,
        [node, first],
        pointAt(
          symbols,
          at.map((value, i) => value + step * direction[i]),
        ),
      ),
    );
    const results = evaluate(graph, [first, second], pointAt(symbols, at));
    results.forEach((result, order) => {
      const difference = (values[1][order] - values[0][order]) / (2 * h);
      expect(Math.abs(result - difference)).toBeLessThan(1e-4 * (1 + Math.abs(result)));
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
            unit(column),
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
          complexStepReference((algebra, point) => follow(recipe, algebra, point).slice(-1), at, unit(j)),
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
            unit(column),
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
        const symbols = unit(0).map((_, i) => graph.symbol(`x${i}`));
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
            unit(column + 1),
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
