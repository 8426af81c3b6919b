/**
 * The loss over two of the parameters, in two figures that lie one upon the other: the cells, coloured by the logarithm of the
 * loss, and the path, which moves over them. Both axes run from 0 to 1, their numbers are those of the parameters.
 */
import type { ColorScale, LayoutAxis, PlotData } from 'plotly.js';
import { type Axis, shareOf } from '../../learning';
import { formatNumber } from '../format';
import { type Figure, plainLayout } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import { type Range, ticks } from '../plots/axis';
import { colourScale } from '../sensitivities/colours';
import type { Size } from '../use-size';
import { earlierColour } from './loss-figure';

/** Share of the cells whose losses have colours of their own. */
const most = 0.9;
const margin = { left: 46, right: 10, top: 6, bottom: 22 };

/** `cells` [side][side]. */
export function cellsFigure(cells: Float64Array, side: number, size: Size, palette: Palette): Figure {
  const levels = cells.map((loss) => (loss > 0 ? Math.log10(loss) : Number.NaN));
  const { low, high } = endsOf(levels);
  const trace = {
    type: 'heatmap',
    // From the top, as cells that are painted over are.
    z: Array.from({ length: side }, (_, i) => [...levels.subarray((side - 1 - i) * side, (side - i) * side)]),
    x0: 0.5 / side,
    dx: 1 / side,
    y0: 0.5 / side,
    dy: 1 / side,
    zmin: low,
    zmax: high > low ? high : low + 1,
    colorscale: lossColours(palette) as ColorScale,
    showscale: false,
    hoverinfo: 'skip',
  } satisfies Partial<PlotData>;
  return {
    data: [trace],
    layout: {
      ...plainLayout(size, palette),
      xaxis: { ...placeX(size), visible: false },
      yaxis: { ...placeY(size), range: [1, 0], visible: false },
    },
  };
}

/** The lowest, and one that most are below: a few very high ones would leave the others one colour. */
function endsOf(levels: Float64Array): Range {
  const known = levels.filter((level) => !Number.isNaN(level)).sort();
  return { low: known[0] ?? 0, high: known[Math.floor(most * (known.length - 1))] ?? 1 };
}

export interface Path {
  readonly axes: readonly [Axis, Axis];
  /** Parameter values along the way, [steps][learned]. */
  readonly values: readonly Float64Array[];
  readonly truth: readonly number[] | null;
  /** Of a training before. */
  readonly earlier: readonly Float64Array[];
}

export function pathFigure({ axes, values, truth, earlier }: Path, size: Size, palette: Palette): Figure {
  const [first, second] = axes;
  const place = (points: readonly ArrayLike<number>[]): Partial<PlotData> => ({
    type: 'scatter',
    x: points.map((point) => shareOf(first, point[0] ?? Number.NaN)),
    y: points.map((point) => shareOf(second, point[1] ?? Number.NaN)),
  });
  const colour = palette.colour('var(--trace-2)');
  const edge = { color: palette.colour('var(--surface)'), width: 1.5 };
  const last = values.at(-1);
  return {
    data: [
      {
        ...place(earlier),
        mode: 'lines',
        uid: 'earlier',
        line: { color: palette.colour(earlierColour), width: 1.5 },
      },
      { ...place(values), mode: 'lines', uid: 'path', line: { color: colour, width: 2 } },
      {
        ...place(values.slice(0, 1)),
        mode: 'markers',
        uid: 'start',
        marker: { symbol: 'circle-open', size: 9, color: colour, line: { color: colour, width: 2 } },
      },
      {
        ...place(truth ? [truth] : []),
        mode: 'markers',
        uid: 'truth',
        marker: { symbol: 'x', size: 8, color: palette.colour('var(--ink)'), line: edge },
      },
      { ...place(last ? [last] : []), mode: 'markers', uid: 'now', marker: { size: 9, color: colour, line: edge } },
    ],
    layout: {
      ...plainLayout(size, palette),
      xaxis: { ...placeX(size), ...labels(first, size.width / 70, palette) },
      yaxis: { ...placeY(size), ...labels(second, size.height / 40, palette) },
    },
  };
}

/** From the lowest loss, in blue, to the ground. */
export function lossColours(palette: Palette): readonly (readonly [number, string])[] {
  const scale = colourScale(palette.dark ? 'dark' : 'light');
  const half = scale.slice(0, (scale.length + 1) / 2);
  return half.map(([, colour], i) => [i / (half.length - 1), colour]);
}

const fixed: Partial<LayoutAxis> = { range: [0, 1], fixedrange: true, showgrid: false, zeroline: false };

function placeX({ width }: Size): Partial<LayoutAxis> {
  return { ...fixed, domain: [margin.left / width, 1 - margin.right / width] };
}

function placeY({ height }: Size): Partial<LayoutAxis> {
  return { ...fixed, domain: [margin.bottom / height, 1 - margin.top / height] };
}

function labels(axis: Axis, count: number, palette: Palette): Partial<LayoutAxis> {
  const numbers = axis.log ? ratioTicks(axis) : ticks({ low: axis.from, high: axis.to }, count);
  const line = palette.colour('var(--line-strong)');
  return {
    ticks: 'outside',
    ticklen: 3,
    tickcolor: line,
    tickangle: 0,
    showline: true,
    linecolor: line,
    mirror: true,
    tickvals: numbers.map((value) => shareOf(axis, value)),
    ticktext: numbers.map((value) => formatNumber(value, 3)),
  };
}

/** 1, 2 and 5 times powers of ten; where these are too few, every tenth of a power. */
function ratioTicks({ from, to }: Axis): number[] {
  const within = (mantissas: readonly number[]): number[] => {
    const found: number[] = [];
    for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to); power++)
      for (const mantissa of mantissas) {
        const value = Number((mantissa * 10 ** power).toPrecision(3));
        if (value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)) found.push(value);
      }
    return found;
  };
  const usual = within([1, 2, 5]);
  return usual.length >= 3 ? usual : within([1, 2, 4, 6, 8]);
}
