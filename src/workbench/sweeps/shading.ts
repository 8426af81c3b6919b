/** From a quantity to its colour: sequential, diverging where it changes its sign, or one for each active set. */
import type { ColorScale } from 'plotly.js';
import type { Palette } from '../plotly/palette';
import { extent, type Range } from '../plots/axis';
import { colourScale, type Scheme } from '../sensitivities/colours';

/** A range that is none but for rounding, relative to the quantity. */
const flat = 1e-6;

export interface Shading {
  readonly scheme: Scheme;
  /** Values of the ends of the colours; of the KKT residual, powers of ten. */
  readonly range: Range;
  readonly logarithmic: boolean;
}

/** A sign counts where it is of some size. */
const considerable = 0.05;

export function shadingOf(quantity: string, values: Float64Array): Shading {
  const logarithmic = quantity === 'kkt';
  const range = extent(logarithmic ? values.map(Math.log10) : values) ?? { low: 0, high: 1 };
  const most = Math.max(-range.low, range.high);
  const both = !logarithmic && Math.min(-range.low, range.high) > considerable * most;
  return { scheme: both ? 'diverging' : 'sequential', range: both ? { low: -most, high: most } : range, logarithmic };
}

/** From 0 to 1. What is constant is in the middle. */
export function shade({ range: { low, high }, logarithmic }: Shading, value: number): number {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (!Number.isFinite(value)) return Number.NaN;
  return high - low <= flat * size ? 0.5 : ((logarithmic ? Math.log10(value) : value) - low) / (high - low);
}

export function scaleFor({ scheme }: Shading, palette: Palette): ColorScale {
  return colourScale(palette.dark ? 'dark' : 'light', scheme) as ColorScale;
}

/** Regions have so many colours, and begin again where there are more. */
export const regionColours = 8;

/** The colour of a region, between that of a trace and the ground, so that lines upon it can be read. */
export function regionColour(label: number, palette: Palette): string {
  const [trace, ground] = [`var(--trace-${(label % regionColours) + 1})`, 'var(--surface)'].map((css) =>
    (palette.colour(css).match(/[\d.]+/g) ?? []).map(Number),
  );
  const mixed = [0, 1, 2].map((i) => Math.round(0.55 * (trace?.[i] ?? 0) + 0.45 * (ground?.[i] ?? 0)));
  return `rgb(${mixed.join(', ')})`;
}

export function regionScale(palette: Palette): ColorScale {
  return Array.from({ length: regionColours }, (_, i): [number, string] => [
    i / (regionColours - 1),
    regionColour(i, palette),
  ]);
}
