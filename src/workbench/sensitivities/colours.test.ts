import { describe, expect, it } from 'vitest';
import { colourScale, shades } from './colours';

/** Components 0..255. */
function colours(theme: 'light' | 'dark'): number[][] {
  return colourScale(theme).map(([, rgb]) => (rgb.match(/\d+/g) ?? []).map(Number));
}

/** Relative luminance (WCAG 2.2) of every shade. */
function luminances(theme: 'light' | 'dark'): number[] {
  return colours(theme).map((rgb) => {
    const [r = 0, g = 0, b = 0] = rgb.map((component) => {
      const c = component / 255;
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
    const found = colours('light');
    for (let i = 4; i <= zero; i += 2) {
      const [[redBelow = 0, , blueBelow = 0] = [], [redAbove = 0, , blueAbove = 0] = []] = [
        found[zero - i],
        found[zero + i],
      ];
      expect(blueBelow).toBeGreaterThan(redBelow);
      expect(redAbove).toBeGreaterThan(blueAbove);
    }
  });

  it('are given at places that rise evenly from 0 to 1', () => {
    colourScale('dark').forEach(([place], i) => {
      expect(place).toBeCloseTo(i / (shades - 1), 12);
    });
  });
});
