import { describe, expect, it } from 'vitest';
import { listIn } from './list';

const known = ['mass', 'limit', 'x0.position'];

describe('a list of instances', () => {
  it('may name a state for its initial value', () => {
    const { samples, complaint } = listIn('position;mass\n1;2\n3;4\n', known);
    expect(complaint).toBeNull();
    expect(samples).toEqual({ names: ['x0.position', 'mass'], values: Float64Array.of(1, 2, 3, 4), shape: null });
  });

  it('says what it cannot read, and where', () => {
    expect(listIn('mass\n1\ntwo\n', known)).toEqual({ samples: null, complaint: 'Line 3: `two` is not a number.' });
    expect(listIn('mass,speed\n1,2\n', known).complaint).toMatch(/no parameter .* “speed”.*mass, limit, x0.position/);
  });
});
