import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber, setInitial, setParameter } from './edit';
import { compiled, completed, valueAt } from './testing';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('setParameter', () => {
  it('replaces the value and nothing else', () => {
    const text = 'parameter m  = pi/2  in [0, 2]  "mass"  # m = 1\nparameter mm = 1';
    expect(setParameter(text, 'm', 0.25)).toBe(text.replace('pi/2', '0.25'));
    expect(setParameter(text, 'mm', -3)).toBe(text.replace('mm = 1', 'mm = -3'));
  });

  it('leaves a text alone that has no such parameter, or the value already', () => {
    const text = 'parameter m = 1e0 in [0, 2]\nlet k = 2\nparameter broken';
    for (const [name, value] of [
      ['m', 1],
      ['k', 3],
      ['x', 1],
      ['broken', 2],
      ['m', Number.NaN],
      ['m', Infinity],
    ] as const) {
      expect(setParameter(text, name, value)).toBe(text);
    }
  });

  it('is read back as exactly this value', () => {
    fc.assert(
      fc.property(finite, (value) => {
        const problem = compiled(setParameter(completed(), 'b', value));
        expect(problem.parameters.map((parameter) => parameter.value)).toEqual([2, value === 0 ? 0 : value]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('setInitial', () => {
  it('replaces a given initial value', () => {
    const problem = compiled(setInitial(completed(), 'x', -0.5));
    expect(valueAt(problem, problem.states[0]?.initial as never)).toBe(-0.5);
  });

  it('leaves a free one alone', () => {
    expect(setInitial(completed(), 'z', 1)).toBe(completed());
  });
});

it('numbers are written as short as they can be read back', () => {
  expect([0.1, 1e21, 1e-7, -0, 42].map(formatNumber)).toEqual(['0.1', '1e21', '1e-7', '0', '42']);
  fc.assert(fc.property(finite, (value) => Number(formatNumber(value)) === value));
});
