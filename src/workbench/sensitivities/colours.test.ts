import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diverging, shadeOf, shades } from './colours';

/** Relative luminance (WCAG 2.2) of every shade. */
function luminances(theme: 'light' | 'dark'): number[] {
  const bytes = new Uint8Array(diverging(theme).buffer);
  return Array.from({ length: shades }, (_, i) => {
    const [r = 0, g = 0, b = 0] = [...bytes.subarray(4 * i, 4 * i + 3)].map((byte) => {
      const c = byte / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  });
}

const zero = (shades - 1) / 2;

describe('the diverging colours', () => {
  it.each(['light', 'dark'] as const)('change lightness steadily from zero to both ends (%s)', (theme) => {
    const found = luminances(theme);
    const outwards = theme === 'light' ? -1 : 1;
    for (let i = 0; i < zero; i++) {
      expect(outwards * ((found[zero + i + 1] ?? 0) - (found[zero + i] ?? 0))).toBeGreaterThan(-0.004);
      expect(outwards * ((found[zero - i - 1] ?? 0) - (found[zero - i] ?? 0))).toBeGreaterThan(-0.004);
    }
    const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    expect(contrast(found[0] ?? 0, found[zero] ?? 0)).toBeGreaterThan(7);
    expect(contrast(found[shades - 1] ?? 0, found[zero] ?? 0)).toBeGreaterThan(7);
  });

  it('are bluer than red below zero and redder than blue above', () => {
    const bytes = new Uint8Array(diverging('light').buffer);
    for (let i = 20; i <= zero; i += 10) {
      expect(bytes[4 * (zero - i) + 2] ?? 0).toBeGreaterThan(bytes[4 * (zero - i)] ?? 0);
      expect(bytes[4 * (zero + i)] ?? 0).toBeGreaterThan(bytes[4 * (zero + i) + 2] ?? 0);
    }
  });
});

describe('shadeOf', () => {
  it('is odd around zero, grows with the value, and stays in range', () => {
    const value = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.double({ min: 1e-6, max: 10, noNaN: true }), (a, b, scale) => {
        const [low, high] = [shadeOf(Math.min(a, b), scale), shadeOf(Math.max(a, b), scale)];
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThan(shades);
        expect(Math.abs(shadeOf(a, scale) + shadeOf(-a, scale) - (shades - 1))).toBeLessThanOrEqual(1);
      }),
    );
    expect(shadeOf(0, 1)).toBe(zero);
    expect(shadeOf(0, 0)).toBe(zero);
    expect(shadeOf(Number.NaN, 1)).toBe(-1);
  });
});
