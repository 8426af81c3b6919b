/**
 * The map of all derivatives, as two figures that lie one upon the other, for names stand still while the cells follow a drag: time runs down, block by block; one column for each parameter and initial state.
 */
import type { ColorScale, LayoutAxis, PlotData, Shape } from 'plotly.js';
import { formatNumber } from '../format';
import { type Figure, plainLayout } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import { ticks } from '../plots/axis';
import type { Size } from '../use-size';
import type { Block, Table } from './cells';
import { colourScale } from './colours';
import { levelsOf } from './levels';
import { isObjective } from './subjects';

const fontSize = 11;
const labelHeight = 13;
/** Wide enough columns have their names written across, others upwards. */
const acrossFrom = 46;
/** As many letters as there is room for. */
const columnLetters = 10;
const rowLetters = 8;

/** Room for the names at the left and at the top, in pixels. */
export interface Margins {
  readonly left: number;
  readonly top: number;
  readonly across: boolean;
}

/** `bare`: without names at the left. */
export function marginsOf({ columns }: Table, { width }: Size, bare = false): Margins {
  const left = bare ? 0 : width < 420 ? 58 : 74;
  const across = (width - left) / columns.length >= acrossFrom;
  return { left, top: across ? 20 : 62, across };
}

/** The names along the edges, and lines between the blocks. */
export function labelsFigure(
  table: Table,
  /** Times of all stages, [N+1]. */
  t: Float64Array,
  size: Size,
  palette: Palette,
  bare = false,
): Figure {
  const margins = marginsOf(table, size, bare);
  const axes = axesOf(table, margins, size);
  return {
    // Axes need a trace.
    data: [{ type: 'scatter', x: [null], y: [null] }],
    layout: {
      ...plainLayout(size, palette),
      xaxis: {
        ...axes.x,
        side: 'top',
        tickfont: { size: fontSize, color: palette.colour('var(--ink-2)') },
        ...columnLabels(table, margins, size.width - margins.left),
      },
      yaxis: { ...axes.y, ...(bare ? { tickvals: [] } : rowLabels(table, t, size.height - margins.top, palette)) },
      shapes: dividers(table, margins, size, palette),
    },
  };
}

/** The cells, on the same axes, which are not shown again. */
export function cellsFigure(
  table: Table,
  /** [blocks][columns] */
  scales: Float64Array,
  size: Size,
  palette: Palette,
  /** Physical pixels in one of the page's. */
  pixelRatio: number,
  bare = false,
): Figure {
  const margins = marginsOf(table, size, bare);
  const axes = axesOf(table, margins, size);
  const { z, dx, dy } = levelsOf(table, scales, {
    width: Math.round((size.width - margins.left) * pixelRatio),
    height: Math.round((size.height - margins.top) * pixelRatio),
  });
  const trace = {
    type: 'heatmap',
    z: z as number[][],
    // Plotly places cells by their middles; rows and columns of the table begin at 0.
    x0: dx / 2,
    dx,
    y0: dy / 2,
    dy,
    zmin: -1,
    zmax: 1,
    colorscale: colourScale(palette.dark ? 'dark' : 'light') as ColorScale,
    showscale: false,
    hoverinfo: 'skip',
  } satisfies Partial<PlotData>;
  return {
    data: [trace],
    layout: {
      ...plainLayout(size, palette),
      xaxis: { ...axes.x, visible: false },
      yaxis: { ...axes.y, visible: false },
    },
  };
}

function axesOf({ columns, rows }: Table, { left, top }: Margins, { width, height }: Size) {
  const fixed = { fixedrange: true, showgrid: false, zeroline: false, ticks: '', ticklabelstandoff: 3 };
  return {
    x: { ...fixed, domain: [left / width, 1], range: [0, columns.length] } as Partial<LayoutAxis>,
    y: { ...fixed, domain: [0, 1 - top / height], range: [rows, 0] } as Partial<LayoutAxis>,
  };
}

function columnLabels({ columns }: Table, { across }: Margins, width: number): Partial<LayoutAxis> {
  const every = across ? 1 : Math.max(1, Math.ceil((labelHeight * columns.length) / width));
  const shown = columns.map((column, i) => ({ column, i })).filter(({ i }) => i % every === 0);
  return {
    tickangle: across ? 0 : -90,
    tickvals: shown.map(({ i }) => i + 0.5),
    ticktext: shown.map(({ column }) => (across ? column : shortened(column, columnLetters))),
  };
}

/** The names of the quantities, or the time where there is only one. */
function rowLabels(
  { blocks, rows, columns }: Table,
  t: Float64Array,
  height: number,
  palette: Palette,
): Partial<LayoutAxis> {
  const only = blocks.length === 1 && !blocks.some(({ subject }) => isObjective(subject)) ? blocks[0] : undefined;
  if (only) {
    const last = Math.max(0, only.subject.stages - 1);
    const stages = ticks({ low: 0, high: last }, Math.max(2, Math.round(height / 40))).filter(Number.isInteger);
    return {
      tickfont: { size: fontSize, color: palette.colour('var(--ink-3)') },
      tickvals: stages.map((stage) => stage + 0.5),
      ticktext: stages.map((stage) => formatNumber(t[stage] ?? 0, 3)),
    };
  }
  const labels = blocks.flatMap((block) => namesOf(block, columns, height / rows));
  return {
    tickfont: { size: fontSize, color: palette.colour('var(--ink-2)') },
    tickvals: labels.map(({ at }) => at),
    ticktext: labels.map(({ name, colour }) => {
      const swatch = colour === null ? '' : `<span style="color:${palette.colour(colour)}">■</span> `;
      return swatch + shortened(name, rowLetters);
    }),
  };
}

interface Label {
  readonly at: number;
  readonly name: string;
  /** Null: has none of its own. */
  readonly colour: string | null;
}

/** The name of a block in its middle, where there is room for it; the rows of the Hessian are named one by one. */
function namesOf({ subject, start, rows }: Block, columns: readonly string[], rowHeight: number): Label[] {
  const { kind, name, colour } = subject;
  if (kind === 'hessian') {
    const every = Math.ceil(labelHeight / rowHeight);
    return columns.flatMap((column, row) =>
      row % every === 0 ? [{ at: start + row + 0.5, name: column, colour: null }] : [],
    );
  }
  return rows * rowHeight >= labelHeight || kind === 'gradient'
    ? [{ at: start + rows / 2, name, colour: kind === 'gradient' ? null : colour }]
    : [];
}

function dividers({ blocks }: Table, { left }: Margins, size: Size, palette: Palette): Partial<Shape>[] {
  const line = { color: palette.colour('var(--line-strong)'), width: 1 };
  return blocks.slice(1).map(({ start }) => ({
    type: 'line',
    xref: 'paper',
    x0: Math.max(0, left - 6) / size.width,
    x1: 1,
    y0: start,
    y1: start,
    line,
  }));
}

function shortened(name: string, letters: number): string {
  return name.length <= letters ? name : `${name.slice(0, letters - 1)}…`;
}
