import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combination, directionsOf, directionWords } from './direction-words';

const columns = ['m', 'k', 'x0.p'];

describe('directions', () => {
  it('have the sign that makes their largest weight positive, and sizes in units of the first', () => {
    const weight = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(weight, { minLength: 3, maxLength: 3 }), (vector) => {
        const found = directionsOf({ columns, singularValues: [8, 2], vectors: [vector, vector] });
        expect(found.map(({ share }) => share)).toEqual([1, 0.25]);
        const most = Math.max(...vector.map(Math.abs));
        expect(Math.max(...(found[0]?.weights ?? []))).toBe(most);
        expect(found[0]?.weights.map(Math.abs)).toEqual(vector.map(Math.abs));
      }),
    );
  });

  it('are told by their larger weights, the largest first', () => {
    expect(combination([0.1, 0.9, -0.4], columns)).toBe('k up with x0.p down');
    expect(combination([0, 1, 0.01], columns)).toBe('k alone');
    expect(combination([1, 1, 1, 1, 1, 1], ['a', 'b', 'c', 'd', 'e', 'f'])).toContain('and 2 more');
  });

  it('say where no data could tell parameters apart', () => {
    const direction = (share: number) => ({ singularValue: share, share, weights: [0.7, -0.7, 0] });
    expect(directionWords(direction(1), columns, true)).toContain('moves the solution most');
    expect(directionWords(direction(1e-5), columns, false)).toContain('No data could tell these apart');
    expect(directionWords(direction(0.01), columns, false)).toContain('precise data');
    expect(directionWords(direction(0.5), columns, false)).not.toContain('data');
  });
});
