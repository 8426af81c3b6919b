import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Binary, binaries, Graph, type Node, text, type Unary, unaries } from './index';
import { build, recipes } from './testing/recipes';

/** A reader of the language's expressions, straight from its rules of precedence. */
function read(graph: Graph, source: string, symbols: ReadonlyMap<string, Node>): Node {
  const tokens = source.match(/\d[\d.]*(?:e[-+]?\d+)?|\w+|[-+*/^(),]/g) ?? [];
  let place = 0;
  const accept = (...wanted: string[]): string | null => (wanted.includes(tokens[place]) ? tokens[place++] : null);
  const readSum = (): Node => {
    let left = readSigned();
    for (let sign = accept('+', '-'); sign !== null; sign = accept('+', '-')) {
      const right = readSigned();
      left = sign === '+' ? graph.add(left, right) : graph.sub(left, right);
    }
    return left;
  };
  const readSigned = (): Node => (accept('-') === null ? readProduct() : graph.neg(readProduct()));
  const readProduct = (): Node => {
    let left = readPower();
    for (let sign = accept('*', '/'); sign !== null; sign = accept('*', '/')) {
      const right = readPower();
      left = sign === '*' ? graph.mul(left, right) : graph.div(left, right);
    }
    return left;
  };
  const readPower = (): Node => {
    const base = readAtom();
    return accept('^') === null ? base : graph.pow(base, readPower());
  };
  const readAtom = (): Node => {
    const token = tokens[place++];
    if (token === '(') return closed(readSum());
    if (/^\d/.test(token)) return graph.constant(Number(token));
    const symbol = symbols.get(token);
    if (symbol !== undefined) return symbol;
    expect(accept('(')).toBe('(');
    const first = readSum();
    if (unaries.includes(token as Unary)) return closed(graph.unary(token as Unary, first));
    expect(binaries).toContain(token);
    expect(accept(',')).toBe(',');
    return closed(graph.binary(token as Binary, first, readSum()));
  };
  const closed = (node: Node): Node => {
    expect(accept(')')).toBe(')');
    return node;
  };
  const node = readSum();
  expect(place).toBe(tokens.length);
  return node;
}

describe('text', () => {
  it('read back gives the same expression', () => {
    let compared = 0;
    fc.assert(
      fc.property(recipes(), (recipe) => {
        const { graph, symbols, nodes } = build(recipe);
        const names = new Map(symbols.map((symbol) => [graph.name(symbol), symbol]));
        for (const node of nodes) {
          const source = text(graph, node);
          if (source.endsWith('…')) continue;
          compared++;
          expect(read(graph, source, names), source).toBe(node);
        }
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it('has no more parentheses than it needs', () => {
    const graph = new Graph();
    const [x, y] = [graph.symbol('x'), graph.symbol('y')];
    const c = (value: number): Node => graph.constant(value);
    const texts: [Node, string][] = [
      [graph.neg(graph.pow(x, c(2.5))), '-x^2.5'],
      [graph.pow(graph.neg(x), y), '(-x)^y'],
      [graph.pow(x, c(-2.5)), 'x^(-2.5)'],
      [graph.pow(x, graph.pow(y, x)), 'x^y^x'],
      [graph.mul(graph.add(x, y), x), 'x*(x + y)'],
      [graph.sub(x, graph.sub(x, y)), 'x - (x - y)'],
      [graph.add(x, graph.mul(c(-2), y)), 'x - 2*y'],
      [graph.div(x, graph.mul(x, y)), 'x/(x*y)'],
      [graph.unary('sin', graph.add(y, c(1e21))), 'sin(y + 1e21)'],
      [graph.binary('atan2', x, graph.neg(y)), 'atan2(x, -y)'],
    ];
    for (const [node, expected] of texts) expect(text(graph, node)).toBe(expected);
  });

  it('is cut when sharing makes it long', () => {
    const graph = new Graph();
    let node = graph.symbol('x');
    for (let i = 0; i < 200; i++) node = graph.mul(node, graph.unary('sin', node));
    const written = text(graph, node, 500);
    expect(written.endsWith('…')).toBe(true);
    expect(written.length).toBeLessThan(600);
  });
});
