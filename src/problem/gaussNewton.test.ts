import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, Graph, jacobian, type Node } from '../expression';
import { gaussNewton } from './gaussNewton';

const number = fc.integer({ min: -300, max: 300 }).map((n) => n / 100);

function setting() {
  const graph = new Graph();
  const [x, y, p] = ['x', 'y', 'p'].map((name) => graph.symbol(name));
  const sin = (node: Node): Node => graph.unary('sin', node);
  const residuals = [graph.add(sin(x), graph.mul(p, y)), graph.mul(x, y), graph.sub(graph.square(x), y)];
  return { graph, x, y, p, residuals };
}

describe('Gauss-Newton Hessian', () => {
  it('is 2 J_r diag(w) J_r for sums of weighted squares, in whatever form they are written', () => {
    const { graph, x, y, p, residuals } = setting();
    const [a, b, c] = residuals;
    const two = graph.constant(2);
    const cost = graph.sum([
      graph.mul(p, graph.square(a)),
      graph.mul(graph.mul(two, b), graph.mul(p, b)),
      graph.neg(graph.div(graph.neg(graph.square(c)), two)),
      graph.mul(p, p),
    ]);
    const weights = (q: number): number[] => [q, 2 * q, 0.5];
    const found = gaussNewton(graph, cost, [x, y]);
    if (!found.ok) throw new Error(found.terms.join());
    const slope = jacobian(graph, residuals, [x, y]);
    fc.assert(
      fc.property(number, number, number, (u, v, q) => {
        const point = new Map([
          [x, u],
          [y, v],
          [p, q],
        ]);
        const J = [0, 1, 2].map((row) =>
          [0, 1].map((column) => {
            const entry = slope.find((e) => e.row === row && e.column === column);
            return entry ? evaluate(graph, [entry.value], point)[0] : 0;
          }),
        );
        for (const { row, column, value } of found.hessian) {
          const expected = weights(q).reduce((sum, w, r) => sum + 2 * w * J[r][row] * J[r][column], 0);
          expect(evaluate(graph, [value], point)[0]).toBeCloseTo(expected, 9);
        }
        expect(found.hessian.map(({ row, column }) => [row, column])).toEqual([
          [0, 0],
          [1, 0],
          [1, 1],
        ]);
      }),
    );
  });

  it('takes quadratic forms as they are', () => {
    const { graph, x, y, p } = setting();
    const found = gaussNewton(graph, graph.mul(p, graph.mul(x, y)), [x, y]);
    expect(found).toMatchObject({ ok: true, hessian: [{ row: 1, column: 0, value: p }] });
  });

  it('names what is no square', () => {
    const { graph, x, y } = setting();
    const cost = graph.add(graph.square(x), graph.mul(y, graph.unary('exp', x)));
    expect(gaussNewton(graph, cost, [x, y])).toEqual({ ok: false, terms: [expect.stringContaining('exp(x)')] });
  });
});
