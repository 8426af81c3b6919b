import { describe, expect, it } from 'vitest';
import type { Palette } from './palette';
import { framed, merged } from './picture';

const palette: Palette = { dark: false, font: 'sans-serif', colour: (css) => css };

describe('pictures of figures', () => {
  it('have the traces of all layers, which do not share names, on the axes of the first', () => {
    const { data, layout } = merged([
      { data: [{ uid: '0-0', x: [1] }], layout: { xaxis: { range: [0, 1] } } },
      { data: [{ uid: '0-0', x: [2] }, { x: [3] }], layout: { xaxis: { visible: false } } },
    ]);
    expect(data.map(({ x }) => x)).toEqual([[1], [2], [3]]);
    expect(data.every((trace) => !('uid' in trace))).toBe(true);
    expect(layout).toEqual({ xaxis: { range: [0, 1] } });
  });

  it('keep the size of the figure within the frame', () => {
    const { layout } = framed({ data: [], layout: { width: 300, height: 200 } }, 'title', palette, true);
    const { l = 0, r = 0, t = 0, b = 0 } = layout.margin ?? {};
    expect((layout.width ?? 0) - l - r).toBe(300);
    expect((layout.height ?? 0) - t - b).toBe(200);
    expect(layout.paper_bgcolor).toBe('var(--surface)');
  });
});
