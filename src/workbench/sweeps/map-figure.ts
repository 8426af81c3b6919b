/** A quantity over two swept values: cells, and upon them contours, gradients, borders of active sets, failures. */
import type { ColorScale, LayoutAxis, PlotData } from 'plotly.js';
import { type Figure, plainLayout } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import type { Size } from '../use-size';
import { lengthAt, margin, sweptAxis } from './axes';
import { type Grid2, halfCell, middles } from './grid2';

/** The cells alone: while they fill, nothing else has to be drawn anew. `shades` are from 0 to 1. */
export function cellsFigure(
  grid: Grid2,
  shades: (row: number) => number,
  scale: ColorScale,
  size: Size,
  palette: Palette,
): Figure {
  const { across, up } = grid;
  const [x, y] = [middles(across, grid.x), middles(up, grid.y)];
  // From the top: so it is painted over, too.
  const z = Array.from({ length: up.count }, (_, below) =>
    Array.from({ length: across.count }, (_, i) => shades(grid.row(i, up.count - 1 - below))),
  );
  const trace = {
    type: 'heatmap',
    z,
    x0: x[0] ?? 0,
    dx: across.count === 1 ? 1 : 2 * halfCell(across),
    y0: 1 - (y.at(-1) ?? 1),
    dy: up.count === 1 ? 1 : 2 * halfCell(up),
    zmin: 0,
    zmax: 1,
    colorscale: scale,
    showscale: false,
    hoverinfo: 'skip',
  } satisfies Partial<PlotData>;
  return {
    data: [trace],
    layout: {
      ...plainLayout(size, palette),
      xaxis: sweptAxis('x', across, size, palette, halfCell(across)),
      yaxis: downwards(sweptAxis('y', up, size, palette, halfCell(up))),
    },
  };
}

/** The same axis, counted from its upper end. */
function downwards(axis: Partial<LayoutAxis>): Partial<LayoutAxis> {
  const { tickvals = [], range = [0, 1] } = axis;
  return { ...axis, range: range.map((end) => 1 - Number(end)), tickvals: tickvals.map((tick) => 1 - Number(tick)) };
}

type Upward = Omit<Partial<PlotData>, 'y'> & { readonly y: readonly number[] };

/** What lies upon the cells; `y` of the traces is the share of the second axis. */
function overlay(data: readonly Upward[], { across, up }: Grid2, size: Size, palette: Palette): Figure {
  const hidden = { visible: false } as const;
  return {
    data: data.map((trace): Partial<PlotData> => ({ ...trace, y: trace.y.map((share) => 1 - share) })),
    layout: {
      ...plainLayout(size, palette),
      xaxis: { ...sweptAxis('x', across, size, palette, halfCell(across)), ...hidden },
      yaxis: { ...downwards(sweptAxis('y', up, size, palette, halfCell(up))), ...hidden },
    },
  };
}

export function contoursFigure(grid: Grid2, values: Float64Array, size: Size, palette: Palette): Figure {
  const { across, up } = grid;
  const color = palette.colour('var(--ink)');
  const contours = {
    type: 'contour',
    x: Array.from(middles(across, grid.x)),
    y: Array.from(middles(up, grid.y)),
    z: Array.from({ length: up.count }, (_, j) =>
      Array.from({ length: across.count }, (_, i) => values[grid.row(i, j)] ?? Number.NaN),
    ),
    ncontours: 12,
    contours: { coloring: 'none', showlabels: true, labelfont: { size: 10, color } },
    line: { color, width: 0.8, smoothing: 0.6 },
    showscale: false,
    hoverinfo: 'skip',
  } as Upward;
  return overlay([contours], grid, size, palette);
}

export interface Upon {
  /** Pieces of lines, in shares. */
  readonly borders: Lines | null;
  /** Derivatives by both axes; null: no arrows. */
  readonly gradient: Slopes | null;
  /** Instances without a solution. */
  readonly failures: readonly number[];
}

/** Derivatives by both axes, and the size of what they are derivatives of. */
export interface Slopes {
  readonly across: Float64Array;
  readonly up: Float64Array;
  readonly scale: number;
}

interface Lines {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export function uponFigure(grid: Grid2, { borders, gradient, failures }: Upon, size: Size, palette: Palette): Figure {
  const ink = palette.colour('var(--ink)');
  const lines = (color: string, width: number, { x, y }: Lines): Upward => ({
    type: 'scatter',
    mode: 'lines',
    x: [...x],
    y: [...y],
    line: { color, width },
    hoverinfo: 'skip',
  });
  const none: Lines = { x: [], y: [] };
  const [x, y] = [middles(grid.across, grid.x), middles(grid.up, grid.y)];
  const failed = new Set(failures);
  const crosses: { x: number[]; y: number[] } = { x: [], y: [] };
  for (let i = 0; i < grid.across.count; i++)
    for (let j = 0; j < grid.up.count; j++)
      if (failed.has(grid.row(i, j))) {
        crosses.x.push(x[i] ?? 0);
        crosses.y.push(y[j] ?? 0);
      }
  const arrows = gradient ? arrowsOf(grid, gradient, size) : none;
  const data: Upward[] = [
    lines(palette.colour('var(--surface)'), 3, borders ?? none),
    lines(ink, 1.2, borders ?? none),
    // A rim of the ground lets arrows be seen on every colour.
    lines(palette.colour('var(--surface)'), 3, arrows),
    lines(ink, 1.3, arrows),
    {
      type: 'scatter',
      mode: 'markers',
      ...crosses,
      marker: {
        symbol: 'x-thin',
        size: Math.max(3, Math.min(8, (0.5 * size.width) / grid.across.count, (0.5 * size.height) / grid.up.count)),
        line: { color: palette.colour('var(--bad)'), width: 1.5 },
      },
    },
  ];
  return overlay(data, grid, size, palette);
}

/** Arrows are so far apart, in pixels. */
const apart = 44;

/** A change over the whole map that is none, relative to the quantity. */
const flat = 1e-5;

/** Uphill, as on paper: in the units of the drawing; the longest is as long as arrows are apart. */
export function arrowsOf(grid: Grid2, { across: byX, up: byY, scale }: Slopes, size: Size): Lines {
  const { across, up } = grid;
  const width = (size.width - margin.left - margin.right) / (1 + 2 * halfCell(across));
  const height = (size.height - margin.top - margin.bottom) / (1 + 2 * halfCell(up));
  const every = (pixels: number, count: number): number => Math.max(1, Math.round((apart * count) / pixels));
  const [stepAcross, stepUp] = [every(width, across.count), every(height, up.count)];
  const [shareX, shareY] = [middles(across, grid.x), middles(up, grid.y)];
  const found: { x: number; y: number; gx: number; gy: number }[] = [];
  for (let i = Math.floor(stepAcross / 2); i < across.count; i += stepAcross)
    for (let j = Math.floor(stepUp / 2); j < up.count; j += stepUp) {
      const row = grid.row(i, j);
      // By a pixel to the right, by a pixel upwards.
      const gx = ((byX[row] ?? Number.NaN) * lengthAt(across, grid.x[i] ?? 0)) / width;
      const gy = ((byY[row] ?? Number.NaN) * lengthAt(up, grid.y[j] ?? 0)) / height;
      if (Number.isFinite(gx + gy)) found.push({ x: shareX[i] ?? 0, y: shareY[j] ?? 0, gx, gy });
    }
  const most = Math.max(...found.map(({ gx, gy }) => Math.hypot(gx, gy)));
  // What is constant has no uphill, but for rounding.
  if (!(most * (width + height) > flat * scale)) return { x: [], y: [] };
  const lines: { x: number[]; y: number[] } = { x: [], y: [] };
  for (const { x, y, gx, gy } of found) {
    const size = Math.hypot(gx, gy);
    if (!(size > 0)) continue;
    // The root: small gradients are to be seen beside large ones.
    const length = (0.85 * apart * Math.sqrt(size / most)) / size;
    const [dx, dy] = [gx * length, gy * length];
    const at = (along: number, aside: number): void => {
      lines.x.push(x + ((along - 0.5) * dx - aside * dy) / width);
      lines.y.push(y + ((along - 0.5) * dy + aside * dx) / height);
    };
    at(0, 0);
    at(1, 0);
    at(0.72, 0.16);
    at(1, 0);
    at(0.72, -0.16);
    lines.x.push(Number.NaN);
    lines.y.push(Number.NaN);
  }
  return lines;
}
