import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compiled, completed, valueAt } from './testing';

/** Value of an expression text, as the terminal cost of a problem. */
function costOf(text: string, values: Readonly<Record<string, number>> = {}): number {
  const problem = compiled(completed(`minimize\n terminal ${text}`));
  return valueAt(problem, problem.cost.terminal, values);
}

describe('numbers', () => {
  it.each([
    ['12', 12],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['2.', 2],
    ['1e-3', 1e-3],
    ['2.5E+4', 2.5e4],
    ['1e3', 1000],
    ['pi', Math.PI],
  ])('%s', (text, value) => expect(costOf(`${text} + 0*x`)).toBe(value));

  it('reads back every number it writes', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(costOf(`${value} + 0*x`)).toBe(value);
      }),
      { numRuns: 50 },
    );
  });
});

describe('operators', () => {
  it.each([
    ['-x^2', -9],
    ['(-x)^2', 9],
    ['2^-1*x', 1.5],
    ['2^x^2', 512],
    ['(2^x)^2', 64],
    ['x - 1 - 1', 1],
    ['x - (1 - 1)', 3],
    ['12/x/2', 2],
    ['12/x*2', 8],
    ['12/(x*2)', 2],
    ['-x*2', -6],
    ['2*-x', -6],
    ['x - -1', 4],
    ['+x', 3],
    ['--x', 3],
    ['-2^2*x', -12],
    ['1 + 2*x^2', 19],
  ])('%s at x = 3', (text, value) => expect(costOf(text, { x: 3 })).toBeCloseTo(value, 14));

  it('agree with JavaScript on random expressions', () => {
    const leaf = fc.oneof(fc.constantFrom('x', 'v', 'a'), fc.integer({ min: 1, max: 9 }).map(String));
    const expression = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 5, withCrossShrink: true },
        leaf,
        fc.tuple(tie('node'), fc.constantFrom('+', '-', '*', '/'), tie('node')).map((parts) => parts.join(' ')),
        tie('node').map((inner) => `(${inner})`),
        tie('node').map((inner) => `-(${inner})`),
        tie('node').map((inner) => `sin(${inner})`),
      ),
    })).node;
    const values = { x: 1.3, v: -0.7, a: 2 };
    fc.assert(
      fc.property(expression, (text) => {
        const names = Object.keys(values);
        const expected = new Function(...names, `return ${text.replaceAll('sin', 'Math.sin')}`)(
          ...Object.values(values),
        );
        fc.pre(Number.isFinite(expected) && !/\/ *0/.test(text));
        const problem = compileOrSkip(text);
        const value = valueAt(problem, problem.cost.terminal, values);
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
      }),
      { numRuns: 200 },
    );
  });
});

/** Constants that divide by zero do not compile; they are not what the property is about. */
function compileOrSkip(text: string) {
  try {
    return compiled(completed(`minimize\n terminal ${text} + 0*x`));
  } catch (error) {
    fc.pre(!String(error).includes('no finite value'));
    throw error;
  }
}

describe('functions', () => {
  it.each([
    ['sin(x)', Math.sin(0.4)],
    ['cos(x)', Math.cos(0.4)],
    ['tan(x)', Math.tan(0.4)],
    ['asin(x)', Math.asin(0.4)],
    ['acos(x)', Math.acos(0.4)],
    ['atan(x)', Math.atan(0.4)],
    ['atan2(x, -1)', Math.atan2(0.4, -1)],
    ['sinh(x)', Math.sinh(0.4)],
    ['cosh(x)', Math.cosh(0.4)],
    ['tanh(x)', Math.tanh(0.4)],
    ['exp(x)', Math.exp(0.4)],
    ['log(x)', Math.log(0.4)],
    ['sqrt(x)', Math.sqrt(0.4)],
    ['abs(-x)', 0.4],
    ['min(x, 1)', 0.4],
    ['max(x, 1)', 1],
    ['max(x, 1, 3, 2)', 3],
    ['min(3, x, -2)', -2],
  ])('%s at x = 0.4', (text, value) => expect(costOf(text, { x: 0.4 })).toBeCloseTo(value, 14));
});

describe('lines', () => {
  const value = (text: string) => costOf(text, { x: 3 });

  it('go on inside brackets', () => {
    expect(value('(x\n + 1\n)*2')).toBe(8);
    expect(value('max(\n x,\n 10 # the larger one\n)')).toBe(10);
  });

  it('go on after and before an operator', () => {
    expect(value('x +\n 1')).toBe(4);
    expect(value('x\n + 1')).toBe(4);
    expect(value('x\n - 1')).toBe(2);
    expect(value('x\n # by two\n * 2')).toBe(6);
  });

  it('end at a comment', () => {
    expect(value('x # + 1')).toBe(3);
    expect(value('x // + 1')).toBe(3);
  });
});
