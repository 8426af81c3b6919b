import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { paint } from './raster';

const stops = [
  [0, 0, 200],
  [100, 100, 100],
  [200, 0, 0],
] as const;
const cells = fc
  .record({ width: fc.integer({ min: 1, max: 8 }), height: fc.integer({ min: 1, max: 8 }) })
  .chain(({ width, height }) =>
    fc.array(
      fc.array(fc.oneof(fc.double({ min: -0.5, max: 1.5, noNaN: true }), fc.constant(Number.NaN)), {
        minLength: width,
        maxLength: width,
      }),
      { minLength: height, maxLength: height },
    ),
  );

it('paints a pixel for each cell, between the stops on either side of it, and none for what is not a number', () => {
  fc.assert(
    fc.property(cells, (rows) => {
      const flat = rows.flat();
      const pixels = new Uint8ClampedArray(4 * flat.length);
      paint(pixels, rows, (value) => value, stops);
      flat.forEach((value, i) => {
        const [red = 0, green = 0, blue = 0, alpha] = pixels.subarray(4 * i, 4 * i + 4);
        if (Number.isNaN(value)) {
          expect(alpha).toBe(0);
          return;
        }
        expect(alpha).toBe(255);
        const within = Math.min(1, Math.max(0, value));
        expect(red).toBe(Math.round(200 * within));
        expect(Math.abs(red + blue - 200)).toBeLessThanOrEqual(1);
        expect(Math.abs(green - (100 - Math.abs(100 - red)))).toBeLessThanOrEqual(1);
      });
    }),
  );
});
