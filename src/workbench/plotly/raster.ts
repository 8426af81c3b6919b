/**
 * The cells of a heatmap as an image, a pixel for each: what Plotly makes of the same trace, in a fraction of the time it
 * takes to go through all its defaults first.
 */
import type { ColorScale, PlotData } from 'plotly.js';

type Triple = readonly [number, number, number];

const canvas = typeof document === 'undefined' ? null : document.createElement('canvas');

/** As a data address; null where the trace is none whose cells are known numbers between its ends. */
export function rasterOf({ z, zmin, zmax, colorscale }: Partial<PlotData>): string | null {
  const rows = z as readonly (readonly number[])[] | undefined;
  const width = rows?.[0]?.length ?? 0;
  const stops = stopsOf(colorscale);
  if (!canvas || !rows || !stops || width === 0 || zmin === undefined || zmax === undefined) return null;
  canvas.width = width;
  canvas.height = rows.length;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  const image = context.createImageData(width, rows.length);
  paint(image.data, rows, (value) => (value - zmin) / (zmax - zmin), stops);
  context.putImageData(image, 0, 0);
  return canvas.toDataURL('image/png');
}

/** `share`: of a value, from 0 to 1 along the stops, which are evenly spaced. What is not a number stays clear. */
export function paint(
  pixels: Uint8ClampedArray,
  rows: readonly (readonly number[])[],
  share: (value: number) => number,
  stops: readonly Triple[],
): void {
  let at = 0;
  for (const row of rows) {
    for (const value of row) {
      const position = Math.min(1, Math.max(0, share(value))) * (stops.length - 1);
      const stop = Math.min(Math.floor(position), stops.length - 2);
      const [from, to] = [stops[stop], stops[stop + 1]];
      if (from && to) {
        for (let i = 0; i < 3; i++)
          pixels[at + i] = Math.round((from[i] ?? 0) + (position - stop) * ((to[i] ?? 0) - (from[i] ?? 0)));
        pixels[at + 3] = 255;
      }
      at += 4;
    }
  }
}

const known = new WeakMap<object, readonly Triple[]>();

function stopsOf(scale: ColorScale | undefined): readonly Triple[] | null {
  if (!Array.isArray(scale)) return null;
  const stops =
    known.get(scale) ??
    scale.map(([, colour]): Triple => {
      const [r = 0, g = 0, b = 0] = (String(colour).match(/[\d.]+/g) ?? []).map(Number);
      return [r, g, b];
    });
  known.set(scale, stops);
  return stops;
}
