import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { pathOf } from './Hatching';

it('covers exactly the cells that are marked', () => {
  const masks = fc
    .record({ rows: fc.integer({ min: 1, max: 8 }), columns: fc.integer({ min: 1, max: 8 }) })
    .chain(({ rows, columns }) =>
      fc
        .uint8Array({ minLength: rows * columns, maxLength: rows * columns, max: 1 })
        .map((mask) => ({ rows, columns, mask })),
    );
  fc.assert(
    fc.property(masks, ({ rows, columns, mask }) => {
      const covered = new Uint8Array(rows * columns);
      // A pixel for each cell.
      const path = pathOf(mask, rows, columns, { width: columns, height: rows });
      for (const [, x, y, , height] of path.matchAll(/M(\d+) (\d+)h(\d+)v(\d+)/g)) {
        for (let row = Number(y); row < Number(y) + Number(height); row++) covered[row * columns + Number(x)] += 1;
      }
      expect([...covered]).toEqual([...mask]);
    }),
  );
});
