import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binaries, evaluate, Graph, GraphLimitError, type Node, unaries } from './index';
import { isDefinite, real, realReference } from './testing/numbers';
import { build, building, coordinates, follow, pointAt, recipes } from './testing/recipes';

function twoSymbols(): { graph: Graph; x: Node; y: Node; c: (value: number) => Node } {
  const graph = new Graph();
  return { graph, x: graph.symbol('x'), y: graph.symbol('y'), c: (value) => graph.constant(value) };
}

describe('hash-consing', () => {
  it('gives the same handle for the same expression, and makes no node the second time', () => {
    fc.assert(
      fc.property(recipes({ maxSteps: 40 }), (recipe) => {
        const { graph, symbols, nodes } = build(recipe);
        const size = graph.size;
        expect(follow(recipe, building(graph), symbols)).toEqual(nodes);
        expect(graph.size).toBe(size);
      }),
    );
  });

  it('keeps operands below their results', () => {
    fc.assert(
      fc.property(recipes({ maxSteps: 40 }), (recipe) => {
        const { graph } = build(recipe);
        for (let handle = 0; handle < graph.size; handle++) {
          const node = handle as Node;
          if (graph.arity(node) > 0) expect(graph.first(node)).toBeLessThan(node);
          if (graph.arity(node) > 1) expect(graph.second(node)).toBeLessThan(node);
        }
      }),
    );
  });

  it('still finds every node after the storage has grown many times', () => {
    const { graph, x } = twoSymbols();
    const chain = (): Node[] => {
      const nodes: Node[] = [x];
      for (let i = 0; i < 20_000; i++) nodes.push(graph.unary('sin', graph.mul(nodes[i], graph.constant(i + 2))));
      return nodes;
    };
    const nodes = chain();
    const size = graph.size;
    expect(chain()).toEqual(nodes);
    expect(graph.size).toBe(size);
  });

  it('orders the operands of commutative primitives', () => {
    const { graph, x, y } = twoSymbols();
    for (const op of ['add', 'mul', 'min', 'max'] as const) {
      expect(graph.binary(op, y, x)).toBe(graph.binary(op, x, y));
      expect(graph.binary(op, y, graph.constant(3))).toBe(graph.binary(op, graph.constant(3), y));
    }
  });

  it('makes a new symbol on each call', () => {
    const graph = new Graph();
    const [a, b] = [graph.symbol('a'), graph.symbol('a')];
    expect(a).not.toBe(b);
    expect([graph.name(a), graph.name(b)]).toEqual(['a', 'a']);
    expect(graph.name(graph.unary('sin', a))).toBe('');
  });
});

describe('simplification', () => {
  it('moves values by rounding only', () => {
    let compared = 0;
    fc.assert(
      fc.property(recipes({ maxSteps: 16 }), coordinates(3), (recipe, values) => {
        const { graph, symbols, nodes } = build(recipe);
        const references = realReference((algebra, point) => follow(recipe, algebra, point), values);
        const results = evaluate(graph, nodes, pointAt(symbols, values));
        references.forEach((reference, i) => {
          if (!isDefinite(reference)) return;
          compared++;
          expect(Math.abs(results[i] - reference.value)).toBeLessThanOrEqual(reference.tolerance);
        });
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it('folds constants to what the operation gives', () => {
    fc.assert(
      fc.property(
        coordinates(2),
        fc.constantFrom(...unaries),
        fc.constantFrom(...binaries),
        ([p, q], unary, binary) => {
          const graph = new Graph();
          const folded = graph.binary(binary, graph.constant(p), graph.constant(q));
          const value = real.binary(binary, p, q);
          if (Number.isFinite(value)) expect(graph.isConstant(folded, value)).toBe(true);
          const image = graph.unary(unary, graph.constant(p));
          if (Number.isFinite(real.unary(unary, p))) expect(graph.isConstant(image, real.unary(unary, p))).toBe(true);
        },
      ),
    );
  });

  it('applies the identities', () => {
    const { graph, x, y, c } = twoSymbols();
    const product = graph.mul(x, y);
    const pairs: [Node, Node][] = [
      [graph.add(x, c(0)), x],
      [graph.sub(x, c(0)), x],
      [graph.sub(c(0), x), graph.neg(x)],
      [graph.sub(x, x), c(0)],
      [graph.mul(x, c(1)), x],
      [graph.mul(x, c(0)), c(0)],
      [graph.mul(c(-1), x), graph.neg(x)],
      [graph.div(x, c(1)), x],
      [graph.div(c(0), x), c(0)],
      [graph.div(x, c(4)), graph.mul(c(0.25), x)],
      [graph.neg(graph.neg(x)), x],
      [graph.neg(graph.sub(x, y)), graph.sub(y, x)],
      [graph.add(x, graph.neg(y)), graph.sub(x, y)],
      [graph.sub(x, graph.neg(y)), graph.add(x, y)],
      [graph.mul(graph.neg(x), graph.neg(y)), product],
      [graph.mul(x, graph.neg(y)), graph.neg(product)],
      [graph.div(graph.neg(x), y), graph.neg(graph.div(x, y))],
      [graph.div(x, graph.neg(y)), graph.neg(graph.div(x, y))],
      [graph.mul(c(2), graph.mul(c(3), x)), graph.mul(c(6), x)],
      [graph.mul(graph.mul(c(2), x), graph.mul(c(3), y)), graph.mul(c(6), product)],
      [graph.add(x, x), graph.mul(c(2), x)],
      [graph.add(graph.mul(c(2), x), graph.mul(c(3), x)), graph.mul(c(5), x)],
      [graph.sub(graph.mul(c(2), x), x), x],
      [graph.add(graph.add(x, c(1)), c(2)), graph.add(x, c(3))],
      [graph.sub(graph.sub(x, c(1)), c(2)), graph.sub(x, c(3))],
      [graph.div(graph.mul(c(6), x), c(3)), graph.mul(c(2), x)],
      [graph.div(graph.div(x, c(3)), c(5)), graph.div(x, c(15))],
      [graph.add(x, graph.mul(c(-2), y)), graph.sub(x, graph.mul(c(2), y))],
      [graph.pow(x, c(0)), c(1)],
      [graph.pow(x, c(1)), x],
      [graph.pow(x, c(2)), graph.mul(x, x)],
      [graph.pow(x, c(4)), graph.square(graph.square(x))],
      [graph.pow(x, c(-1)), graph.div(c(1), x)],
      [graph.pow(x, c(0.5)), graph.unary('sqrt', x)],
      [graph.unary('sin', graph.neg(x)), graph.neg(graph.unary('sin', x))],
      [graph.unary('cos', graph.neg(x)), graph.unary('cos', x)],
      [graph.unary('abs', graph.unary('abs', x)), graph.unary('abs', x)],
      [graph.binary('min', x, x), x],
      [graph.binary('lessEqual', x, x), c(1)],
      [graph.sum([]), c(0)],
      [graph.sum([x, y, x]), graph.add(graph.add(x, y), x)],
    ];
    for (const [built, expected] of pairs) expect(built).toBe(expected);
  });

  it('keeps an operation on constants whose result is not finite', () => {
    const { graph, c } = twoSymbols();
    const lost: [Node, string][] = [
      [graph.div(c(1), c(0)), 'div'],
      [graph.div(c(0), c(0)), 'div'],
      [graph.unary('log', c(-1)), 'log'],
      [graph.unary('sqrt', c(-1)), 'sqrt'],
      [graph.pow(c(-1), c(0.3)), 'pow'],
      [graph.mul(c(1e200), c(1e200)), 'mul'],
    ];
    for (const [node, primitive] of lost) {
      expect(graph.primitive(node)).toBe(primitive);
      expect(Number.isFinite(evaluate(graph, [node], new Map())[0])).toBe(false);
    }
  });

  it('ends, and still finds what it built, with extreme constants', () => {
    const constants = fc.constantFrom(Infinity, -Infinity, NaN, 1e300, -1e300, 1e-300, -5e-324, 1.7e308, 0, -1, 2);
    fc.assert(
      fc.property(recipes({ variables: 2, maxSteps: 30, constants }), (recipe) => {
        const { graph, symbols, nodes } = build(recipe);
        expect(follow(recipe, building(graph), symbols)).toEqual(nodes);
      }),
      { numRuns: 500 },
    );
  });

  it('knows one zero', () => {
    const { graph, c } = twoSymbols();
    expect(c(-0)).toBe(c(0));
    expect(graph.neg(c(0))).toBe(c(0));
  });
});

describe('limit', () => {
  it('throws GraphLimitError at the node beyond the limit', () => {
    const graph = new Graph({ limit: 10 });
    const x = graph.symbol('x');
    const fill = (): void => {
      for (let i = 1; ; i++) graph.unary('sin', graph.mul(graph.constant(i + 1), x));
    };
    expect(fill).toThrow(GraphLimitError);
    expect(graph.size).toBe(10);
    expect(() => graph.symbol('y')).toThrow(/more than 10 operations/);
    expect(graph.unary('sin', graph.mul(graph.constant(2), x))).toBeLessThan(10);
  });
});

it('finds room for many symbols at once', () => {
  const graph = new Graph();
  const symbols = Array.from({ length: 50_000 }, (_, i) => graph.symbol(`x${i}`));
  const sine = graph.unary('sin', symbols[0]);
  expect(graph.unary('sin', symbols[0])).toBe(sine);
});
