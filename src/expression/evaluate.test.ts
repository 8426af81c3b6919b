import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dependsOn, evaluate, Graph, substitute, symbolsOf } from './index';
import { isDefinite, realReference } from './testing/numbers';
import { type Algebra, build, building, coordinates, follow, pointAt, recipes } from './testing/recipes';

describe('evaluate', () => {
  it('names the symbol that has no value', () => {
    const graph = new Graph();
    const node = graph.unary('sin', graph.symbol('theta'));
    expect(() => evaluate(graph, [node], new Map())).toThrow('"theta"');
  });

  it('needs values only of the symbols the nodes depend on', () => {
    const graph = new Graph();
    const [x] = [graph.symbol('x'), graph.symbol('y')];
    expect(evaluate(graph, [graph.square(x), x, graph.constant(7)], new Map([[x, 3]]))).toEqual([9, 3, 7]);
  });
});

describe('substitute', () => {
  it('gives the values of the same expressions of the replacements', () => {
    let compared = 0;
    const images = <Value>(algebra: Algebra<Value>, [x, y, z]: readonly Value[]): readonly (readonly Value[])[] => [
      [y, x, z],
      [algebra.unary('sin', y), x, algebra.binary('mul', x, z)],
      [algebra.constant(2), algebra.unary('neg', z), algebra.constant(0)],
    ];
    fc.assert(
      fc.property(recipes(), coordinates(3), fc.constantFrom(0, 1, 2), (recipe, at, kind) => {
        const { graph, symbols, nodes } = build(recipe);
        const replacements = images(building(graph), symbols)[kind];
        const results = substitute(graph, nodes, pointAt(symbols, replacements));
        const references = realReference((algebra, point) => follow(recipe, algebra, images(algebra, point)[kind]), at);
        evaluate(graph, results, pointAt(symbols, at)).forEach((value, i) => {
          if (!isDefinite(references[i])) return;
          compared++;
          expect(Math.abs(value - references[i].value)).toBeLessThanOrEqual(references[i].tolerance);
        });
      }),
    );
    expect(compared).toBeGreaterThan(300);
  });

  it('without replacements makes nothing new', () => {
    fc.assert(
      fc.property(recipes(), (recipe) => {
        const { graph, nodes } = build(recipe);
        const size = graph.size;
        expect(substitute(graph, nodes, new Map())).toEqual(nodes);
        expect(graph.size).toBe(size);
      }),
    );
  });

  it('replaces any node, not only symbols', () => {
    const graph = new Graph();
    const [x, y] = [graph.symbol('x'), graph.symbol('y')];
    const sine = graph.unary('sin', x);
    expect(substitute(graph, [graph.add(sine, x)], new Map([[sine, y]]))).toEqual([graph.add(y, x)]);
  });
});

describe('symbolsOf and dependsOn', () => {
  it('name a symbol exactly where the value may change with it', () => {
    fc.assert(
      fc.property(recipes(), coordinates(3), (recipe, at) => {
        const { graph, symbols, nodes } = build(recipe);
        const point = pointAt(symbols, at);
        const before = evaluate(graph, nodes, point);
        symbols.forEach((symbol) => {
          const after = evaluate(graph, nodes, new Map(point).set(symbol, 1.234));
          nodes.forEach((node, i) => {
            const depends = dependsOn(graph, node, new Set([symbol]));
            expect(symbolsOf(graph, [node]).includes(symbol)).toBe(depends);
            if (!depends) expect(after[i]).toBe(before[i]);
          });
        });
        expect(symbolsOf(graph, symbols)).toEqual(symbols);
      }),
    );
  });
});
