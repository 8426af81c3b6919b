import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shade, shadingOf } from './shading';

const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('the shade of a value', () => {
  it('lies between none and all, and grows with the value', () => {
    fc.assert(
      fc.property(values, (list) => {
        const shading = shadingOf('objective', Float64Array.from(list));
        const shades = list.toSorted((a, b) => a - b).map((value) => shade(shading, value));
        shades.forEach((each, i) => {
          expect(each).toBeGreaterThanOrEqual(0);
          expect(each).toBeLessThanOrEqual(1);
          expect(each).toBeGreaterThanOrEqual(shades[i - 1] ?? 0);
        });
      }),
    );
  });

  it('has zero in the middle where there are both signs', () => {
    const shading = shadingOf('F@0', Float64Array.of(-40, 80, 3));
    expect(shading.scheme).toBe('diverging');
    expect(shade(shading, 0)).toBe(0.5);
    expect(shadingOf('F@0', Float64Array.of(-1, 80)).scheme).toBe('sequential');
  });

  it('is that of powers of ten for residuals, and none where there is no value', () => {
    const shading = shadingOf('kkt', Float64Array.of(1e-12, 1e-8));
    expect(shade(shading, 1e-10)).toBeCloseTo(0.5, 12);
    expect(shade(shading, Number.NaN)).toBeNaN();
  });
});
