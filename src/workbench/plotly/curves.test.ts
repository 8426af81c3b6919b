import fc from 'fast-check';
import type { Layout, PlotData } from 'plotly.js';
import { expect, it } from 'vitest';
import { curveOf } from './curves';

const layout: Partial<Layout> = {
  width: 199.8,
  height: 100,
  margin: { l: 0, r: 0, t: 0, b: 0 },
  xaxis: { range: [0, 4] },
  yaxis: { range: [-1, 1], domain: [0, 0.5] },
  xaxis2: { range: [0, 1], domain: [0.5, 1] },
};
const line: Partial<PlotData> = { type: 'scatter', mode: 'lines', x: [0, 1, 2, 3, 4], y: [-1, 0, Number.NaN, 1, 0] };

it('is a path for each run of numbers, in the pixels of its axes', () => {
  expect(curveOf(line, layout)).toMatchObject({ attribute: 'd', values: ['M0,50L50,25', 'M150,0L200,25'] });
  const stairs = { ...line, line: { shape: 'hv' } } as Partial<PlotData>;
  expect(curveOf(stairs, layout)?.values).toEqual(['M0,50H50V25', 'M150,0H200V25']);
  expect(curveOf({ ...line, xaxis: 'x2' }, layout)?.values[0]).toBe('M0,50L100,25');
  const markers = { ...line, mode: 'markers', x: [1], y: [0.5] } as Partial<PlotData>;
  expect(curveOf(markers, layout)).toMatchObject({ attribute: 'transform', values: ['translate(50,12.5)'] });
});

it('is left to Plotly where it is anything else', () => {
  const others: readonly (readonly [Partial<PlotData>, Partial<Layout>])[] = [
    [{ ...line, fill: 'tonexty' }, layout],
    [{ ...line, mode: 'lines+markers' }, layout],
    [{ ...line, line: { shape: 'spline' } }, layout],
    [{ ...line, type: 'heatmap' }, layout],
    [{ ...line, yaxis: 'y2' }, layout],
    [line, { ...layout, xaxis: { range: [0, 4], type: 'log' } }],
    [line, { ...layout, xaxis: { ...layout.xaxis, scaleanchor: 'y' } }],
    [line, { ...layout, margin: { l: 10, r: 0, t: 0, b: 0 } }],
  ];
  for (const [trace, around] of others) expect(curveOf(trace, around)).toBeNull();
});

it('has every number in it, and none that a browser cannot draw', () => {
  const value = fc.oneof(fc.double({ noNaN: true }), fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 12 }), (points) => {
      const [x, y] = [points.map(([first]) => first), points.map(([, second]) => second)];
      const values = curveOf({ ...line, x, y }, layout)?.values ?? [];
      const numbers = values.join(' ').match(/-?[\d.]+(e[+-]?\d+)?/g) ?? [];
      const finite = points.filter((point) => point.every(Number.isFinite)).length;
      expect(numbers).toHaveLength(2 * finite);
      for (const number of numbers) expect(Math.abs(Number(number))).toBeLessThanOrEqual(1e5);
    }),
  );
});
