import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Palette } from '../plotly/palette';
import type { Bound } from '../quantities';
import { type Chart, rangeOf } from './chart';
import { frameOf, type Place, toX, toY } from './frame';
import { axesFigure, linesFigure, type Subplot } from './trajectory-figure';

const palette: Palette = { dark: false, font: 'sans-serif', colour: (css) => css };
const size = { width: 800, height: 600 };

const value = fc.integer({ min: -1000, max: 1000 }).map((x) => x / 8);
const bound: fc.Arbitrary<Bound> = fc.record({
  label: fc.constant('bound'),
  lower: fc.option(value),
  upper: fc.option(value),
  from: fc.integer({ min: 0, max: 2 }),
  to: fc.integer({ min: 2, max: 4 }),
  soft: fc.boolean(),
  equality: fc.boolean(),
});
const chart: fc.Arbitrary<Chart> = fc
  .record({
    step: fc.boolean(),
    values: fc.array(value, { minLength: 5, maxLength: 5 }),
    ghost: fc.option(fc.array(value, { minLength: 5, maxLength: 5 })),
    bounds: fc.array(bound, { maxLength: 3 }),
    duration: fc.integer({ min: 1, max: 20 }),
  })
  .map(({ step, values, ghost, bounds, duration }) => ({
    key: 'state x',
    testId: 'plot-x',
    name: 'x',
    description: '',
    label: '',
    t: Float64Array.from({ length: 5 }, (_, k) => (duration * k) / 4),
    // A control has one value less than there are times.
    values: Float64Array.from(step ? values.slice(0, 4) : values),
    from: 0,
    step,
    colour: 'red',
    bounds,
    ghost: ghost && Float64Array.from(step ? ghost.slice(0, 4) : ghost),
  }));
const place: fc.Arbitrary<Place> = fc.record({
  left: fc.integer({ min: 0, max: 400 }),
  top: fc.integer({ min: 0, max: 400 }),
  width: fc.integer({ min: 100, max: 400 }),
  height: fc.integer({ min: 60, max: 200 }),
});
const subplots: fc.Arbitrary<Subplot[]> = fc.array(
  fc.tuple(chart, place).map(([chart, place]) => ({ chart, place, frame: frameOf(place, chart.t, rangeOf(chart)) })),
  { minLength: 1, maxLength: 4 },
);

/** Where Plotly puts a point: pixels from the upper left corner of the figure. */
function pixel(layout: object, axes: { xaxis?: string; yaxis?: string }, x: number, y: number): [number, number] {
  const at = layout as Record<string, { domain: [number, number]; range: [number, number] }>;
  const along = (name: string | undefined, value: number) => {
    const axis = at[`${name?.[0]}axis${name?.slice(1)}`];
    if (!axis) throw new Error(`no axis ${name}`);
    const [low, high] = axis.range;
    return axis.domain[0] + ((value - low) / (high - low)) * (axis.domain[1] - axis.domain[0]);
  };
  return [along(axes.xaxis, x) * size.width, (1 - along(axes.yaxis, y)) * size.height];
}

describe('the figures of the trajectories', () => {
  it('put every value where the cursor of the page looks for it', () => {
    fc.assert(
      fc.property(subplots, (shown) => {
        const { data, layout } = linesFigure(shown, size, palette, false);
        const traces = data.filter(({ name }) => name === 'x');
        expect(traces).toHaveLength(shown.length);
        shown.forEach(({ chart, place, frame }, i) => {
          const trace = traces[i];
          if (!trace) throw new Error('no trace');
          chart.values.forEach((value, k) => {
            const t = chart.t[k] ?? 0;
            expect([trace.x?.[k], trace.y?.[k]]).toEqual([t, value]);
            const [x, y] = pixel(layout, trace, t, value);
            expect(x).toBeCloseTo(place.left + toX(frame, t), 6);
            expect(y).toBeCloseTo(place.top + toY(frame, value), 6);
          });
        });
      }),
    );
  });

  it('have the same axes, shown in one of them', () => {
    fc.assert(
      fc.property(subplots, (shown) => {
        const axes = axesFigure(shown, size, palette).layout as Record<string, Record<string, unknown>>;
        const lines = linesFigure(shown, size, palette, false).layout as Record<string, Record<string, unknown>>;
        const names = Object.keys(axes).filter((key) => /^[xy]axis/.test(key));
        expect(names).toHaveLength(2 * shown.length);
        for (const name of names) {
          for (const shared of ['domain', 'range', 'anchor']) {
            expect(lines[name]?.[shared]).toEqual(axes[name]?.[shared]);
          }
          expect(lines[name]?.visible).toBe(false);
          expect(axes[name]?.visible).toBeUndefined();
        }
      }),
    );
  });

  it('let the last value of a control hold until the end', () => {
    fc.assert(
      fc.property(subplots, (shown) => {
        const traces = linesFigure(shown, size, palette, false).data.filter(({ name }) => name === 'x');
        shown.forEach(({ chart }, i) => {
          expect(traces[i]?.line?.shape).toBe(chart.step ? 'hv' : 'linear');
          expect(traces[i]?.x).toHaveLength(5);
          expect(traces[i]?.y?.[4]).toBe(chart.values[chart.step ? 3 : 4]);
        });
      }),
    );
  });

  it('draw every side of every bound, over its stages or in their neighbourhood', () => {
    fc.assert(
      fc.property(subplots, (shown) => {
        const { data } = linesFigure(shown, size, palette, false);
        shown.forEach(({ chart }, i) => {
          const lines = data.filter(
            ({ yaxis, name, fill }) => yaxis === (i === 0 ? 'y' : `y${i + 1}`) && name === undefined && !fill,
          );
          const drawn = lines.flatMap(({ y }) => [...((y ?? []) as (number | null)[])]).filter((y) => y !== null);
          const wanted = chart.bounds.flatMap(({ lower, upper, equality }) => (equality ? [upper] : [lower, upper]));
          const twice = wanted.flatMap((side) => (side === null ? [] : [side, side]));
          expect(drawn.toSorted((a, b) => a - b)).toEqual(twice.toSorted((a, b) => a - b));
          const ends = lines.flatMap(({ x }) => [...((x ?? []) as (number | null)[])]).filter((x) => x !== null);
          for (const x of ends) {
            expect(x).toBeGreaterThanOrEqual((chart.t[0] ?? 0) - 1e-9);
          }
        });
      }),
    );
  });

  it('keep form and numbers apart: what a drag moves is data', () => {
    fc.assert(
      fc.property(subplots, fc.double({ min: 0.5, max: 2, noNaN: true }), (shown, factor) => {
        const moved = shown.map((each) => ({
          ...each,
          chart: { ...each.chart, values: each.chart.values.map((v) => v * factor) },
        }));
        const before = linesFigure(shown, size, palette, false);
        const after = linesFigure(moved, size, palette, false);
        expect(after.layout).toEqual(before.layout);
        const form = (data: typeof before.data) => data.map(({ x: _x, y: _y, ...rest }) => rest);
        expect(form(after.data)).toEqual(form(before.data));
        expect(axesFigure(moved, size, palette)).toEqual(axesFigure(shown, size, palette));
      }),
    );
  });
});
