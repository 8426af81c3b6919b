import { describe, expect, it } from 'vitest';
import type { Axis } from '../../learning';
import type { Palette } from '../plotly/palette';
import { cellsFigure, pathFigure } from './landscape-figure';

const palette: Palette = { dark: false, font: 'sans-serif', colour: (css) => css };
const size = { width: 300, height: 200 };
const axes: readonly [Axis, Axis] = [
  { name: 'a', from: 0.1, to: 10, log: true },
  { name: 'b', from: 0, to: 4, log: false },
];

describe('the landscape', () => {
  it('has its first row at the bottom, however the cells are drawn', () => {
    const losses = Float64Array.of(1, 10, 100, 1000);
    const { data, layout } = cellsFigure(losses, 2, size, palette);
    // The rows of the trace run from the top, and so does its axis.
    expect(data[0]?.z).toEqual([
      [2, 3],
      [0, 1],
    ]);
    expect(layout.yaxis?.range).toEqual([1, 0]);
  });

  it('colours what has a loss, and leaves out what has none', () => {
    const { data } = cellsFigure(Float64Array.of(1, Number.NaN, 0, 100), 2, size, palette);
    expect(data[0]?.z).toEqual([
      [Number.NaN, 2],
      [0, Number.NaN],
    ]);
    expect(data[0]?.zmin).toBe(0);
  });

  it('has the path where its parameters are', () => {
    const values = [Float64Array.of(0.1, 4, 9), Float64Array.of(1, 2, 9)];
    const { data } = pathFigure({ axes, values, truth: [10, 0, 9], earlier: [] }, size, palette);
    const places = Object.fromEntries(data.map(({ uid, x, y }) => [uid, [x, y]]));
    expect(places.path).toEqual([
      [0, 0.5],
      [1, 0.5],
    ]);
    expect(places.truth).toEqual([[1], [0]]);
    expect(places.now).toEqual([[0.5], [0.5]]);
  });
});
