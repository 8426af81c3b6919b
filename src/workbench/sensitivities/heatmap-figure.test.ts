import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Palette } from '../plotly/palette';
import type { Table } from './cells';
import { cellsFigure, labelsFigure, marginsOf } from './heatmap-figure';
import type { Subject } from './subjects';

const palette: Palette = { dark: true, font: 'sans-serif', colour: (css) => css };

const table: fc.Arbitrary<Table> = fc
  .record({
    stages: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
    width: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ stages, width }) => {
    const blocks = stages.map((count, i) => ({
      subject: { kind: 'state', name: `quantity${i}`, colour: 'red', stages: count } as Subject,
      rows: count,
      start: stages.slice(0, i).reduce((sum, each) => sum + each, 0),
    }));
    const rows = stages.reduce((sum, each) => sum + each, 0);
    return {
      blocks,
      columns: Array.from({ length: width }, (_, i) => `parameter${i}`),
      rows,
      values: Float64Array.from({ length: rows * width }, (_, i) => Math.sin(i)),
    };
  });
const size = fc.record({ width: fc.integer({ min: 200, max: 900 }), height: fc.integer({ min: 150, max: 700 }) });
const t = Float64Array.from({ length: 31 }, (_, k) => k / 30);

describe('the figures of the heatmap', () => {
  it('leave to the page the room in which it reads pointer and keys', () => {
    fc.assert(
      fc.property(table, size, (shown, box) => {
        const { left, top } = marginsOf(shown, box);
        const scales = new Float64Array(shown.blocks.length * shown.columns.length).fill(1);
        const { data, layout } = cellsFigure(shown, scales, box, palette, 1);
        const labels = labelsFigure(shown, t, box, palette).layout;
        for (const { xaxis, yaxis } of [layout, labels]) {
          expect((xaxis?.domain?.[0] ?? 0) * box.width).toBeCloseTo(left, 9);
          expect((1 - (yaxis?.domain?.[1] ?? 0)) * box.height).toBeCloseTo(top, 9);
          expect(xaxis?.range).toEqual([0, shown.columns.length]);
          expect(yaxis?.range).toEqual([shown.rows, 0]);
        }
        // Cells fill the axes from end to end.
        const [{ z, x0, dx, y0, dy } = {}] = data as {
          z?: number[][];
          x0?: number;
          dx?: number;
          y0?: number;
          dy?: number;
        }[];
        expect((x0 ?? 0) - (dx ?? 0) / 2).toBeCloseTo(0, 9);
        expect((y0 ?? 0) - (dy ?? 0) / 2).toBeCloseTo(0, 9);
        expect((z?.[0]?.length ?? 0) * (dx ?? 0)).toBeCloseTo(shown.columns.length, 9);
        expect((z?.length ?? 0) * (dy ?? 0)).toBeCloseTo(shown.rows, 9);
      }),
    );
  });

  it('name columns and blocks in their middles, as many as there is room for', () => {
    fc.assert(
      fc.property(table, size, (shown, box) => {
        const { left, top } = marginsOf(shown, box);
        const { xaxis, yaxis, shapes } = labelsFigure(shown, t, box, palette).layout;
        const names = (xaxis?.tickvals ?? []) as number[];
        expect(names[0]).toBe(0.5);
        expect(xaxis?.ticktext).toHaveLength(names.length);
        const gap = ((names[1] ?? Number.POSITIVE_INFINITY) - 0.5) * ((box.width - left) / shown.columns.length);
        expect(gap).toBeGreaterThanOrEqual(13 - 1e-9);
        if (shown.blocks.length > 1) {
          const middles = shown.blocks.map(({ start, rows }) => start + rows / 2);
          for (const middle of (yaxis?.tickvals ?? []) as number[]) expect(middles).toContain(middle);
          const tall = shown.blocks.filter(({ rows }) => ((box.height - top) * rows) / shown.rows >= 13);
          expect(yaxis?.tickvals).toHaveLength(tall.length);
        }
        expect(shapes?.map(({ y0 }) => y0)).toEqual(shown.blocks.slice(1).map(({ start }) => start));
      }),
    );
  });
});
