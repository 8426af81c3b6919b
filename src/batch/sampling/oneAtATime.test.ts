import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { oneAtATime } from './oneAtATime';

const end = fc.double({ min: -10, max: 10, noNaN: true });

it('moves one value at a time from the point to the ends of its range', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(end, end, end), { minLength: 1, maxLength: 8 }), (ends) => {
      const axes = ends.map(([from, to], j) => ({ name: `p${j}`, from, to, logarithmic: false }));
      const base = ends.map(([, , value]) => value);
      const { names, values, shape } = oneAtATime(axes, base);
      expect(names).toEqual(axes.map(({ name }) => name));
      expect(shape).toBeNull();
      const row = (n: number) => [...values.subarray(n * axes.length, (n + 1) * axes.length)];
      expect(values).toHaveLength((1 + 2 * axes.length) * axes.length);
      expect(row(0)).toEqual(base);
      axes.forEach(({ from, to }, j) => {
        expect(row(1 + 2 * j)).toEqual(base.with(j, from));
        expect(row(2 + 2 * j)).toEqual(base.with(j, to));
      });
    }),
  );
});
