import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chunks } from './plan';

it('cuts rows into chunks in their order, none larger than asked for, small ones at the end', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.integer({ min: 8, max: 64 }), (count, most) => {
      const rows = Int32Array.from({ length: count }, (_, i) => 7 * i);
      const cut = chunks(rows, most);
      expect(cut.flatMap((chunk) => [...chunk])).toEqual([...rows]);
      const sizes = cut.map(({ length }) => length);
      expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(most);
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      for (const { buffer, byteLength } of cut) expect(buffer.byteLength).toBe(byteLength);
      if (count > 0) expect(sizes[sizes.length - 1]).toBeLessThanOrEqual(8);
    }),
    { numRuns: 200 },
  );
});
