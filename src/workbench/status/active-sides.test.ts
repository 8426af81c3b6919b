import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Engine } from '../engine';
import { activeSides, ranges } from './active-sides';

describe('ranges of stages', () => {
  it('hold the numbers they are made of, and no others', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40)), (numbers) => {
        const read = ranges(numbers)
          .split(', ')
          .filter((range) => range !== '')
          .flatMap((range) => {
            const [from = 0, to = from] = range.split('–').map(Number);
            return Array.from({ length: to - from + 1 }, (_, i) => from + i);
          });
        expect(read).toEqual(numbers.toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('active sides', () => {
  it('are gathered from a report as the solver words it', () => {
    const text = `
state x = 5
control u in [-1, 1]
dynamics
  x+ = x + u
minimize
  sum x^2
  terminal x^2
horizon 3 in 3 steps
`;
    const report = new Engine().examine({ text, parameters: new Map(), initial: new Map(), mode: 'rest' });
    expect(activeSides(report?.active ?? [])).toEqual([{ constraint: 'u', side: 'lower', stages: '0–2' }]);
  });
});
