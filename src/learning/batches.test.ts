import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesOf } from './batches';

const sizes = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 2, max: 4 }))
  .map(([size, batches]) => ({ size, count: size * batches }));

describe('batches', () => {
  it('hold every sample once before any comes again', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ({ size, count }, seed) => {
        const batches = batchesOf(count, size, seed);
        for (let epoch = 0; epoch < 3; epoch++) {
          const seen = Array.from({ length: count / size }, () => batches?.next().value ?? []).flat();
          expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        }
      }),
    );
  });

  it('never hold a sample twice, whatever their size, and are the same for the same seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.nat(), (count, seed) => {
        const size = count - 1;
        const [one, other] = [batchesOf(count, size, seed), batchesOf(count, size, seed)];
        for (let step = 0; step < 5; step++) {
          const batch = one?.next().value ?? [];
          expect(new Set(batch).size).toBe(size);
          expect(other?.next().value).toEqual(batch);
        }
      }),
    );
  });

  it('are not drawn where one would hold all', () => {
    expect(batchesOf(4, 4, 1)).toBeUndefined();
    expect(batchesOf(4, Number.POSITIVE_INFINITY, 1)).toBeUndefined();
  });
});
