import { describe, expect, it } from 'vitest';
import { columns, problem } from './testing/example';
import { pointOf, rangesOf, weightsOf } from './weights';

const solution = { x: Float64Array.of(0.25, 7, 0, 0, 0, 0) } as never;

describe('normalisations', () => {
  it('take the values that are set, those of the text, and the initial states that were solved for', () => {
    expect(pointOf(problem, { solution }, columns, new Map([['k', 5]]))).toEqual([2, 5, 0.25]);
  });

  it('take the ends of the sliders: as changed, as in the text, or around the value', () => {
    expect(rangesOf(problem, columns, new Map([['x0.p', [-2, 6]]]))).toEqual([
      [1, 4],
      [1.4, 4.6],
      [-2, 6],
    ]);
    const ranges = rangesOf(problem, columns, new Map());
    expect(ranges[2]).toEqual([-1, 1]);
    expect(weightsOf('range', [2, 3, 0], ranges)).toEqual([3, 4.6 - 1.4, 2]);
    expect(weightsOf('relative', [2, 3, 0], ranges)).toEqual([2, 3, 0]);
    expect(weightsOf('absolute', [2, 3, 0], ranges)).toEqual([1, 1, 1]);
  });
});
