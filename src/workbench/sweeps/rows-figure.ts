/** Rows with names at the left and bars to the right: Sobol indices, and the tornado. */
import type { PlotData } from 'plotly.js';
import { type Figure, plainLayout } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import type { Range } from '../plots/axis';
import type { Size } from '../use-size';
import { acrossDomain, numberAxis, upDomain } from './axes';

export interface Bar {
  /** From the top. */
  readonly row: number;
  /** Downwards from the middle of the row, in rows. */
  readonly shift: number;
  readonly from: number;
  readonly to: number;
}

export interface Bars {
  readonly name: string;
  /** A CSS colour. */
  readonly colour: string;
  /** In rows; below a twentieth it is a line. */
  readonly thickness: number;
  readonly bars: readonly Bar[];
}

/** `at`: where the bars begin. */
export function rowsFigure(
  names: readonly string[],
  groups: readonly Bars[],
  span: Range,
  at: number,
  size: Size,
  palette: Palette,
): Figure {
  const [bottom, top] = upDomain(size);
  const rowHeight = ((top - bottom) * size.height) / Math.max(1, names.length);
  return {
    data: groups.map(
      ({ name, colour, thickness, bars }): Partial<PlotData> => ({
        type: 'scatter',
        mode: 'lines',
        name,
        x: bars.flatMap(({ from, to }) => [from, to, Number.NaN]),
        y: bars.flatMap(({ row, shift }) => [row + shift, row + shift, Number.NaN]),
        line: { color: palette.colour(colour), width: Math.max(1.2, Math.min(22, thickness * rowHeight)) },
        hoverinfo: 'skip',
      }),
    ),
    layout: {
      ...plainLayout(size, palette),
      xaxis: {
        ...numberAxis(span, size, palette),
        domain: acrossDomain(size),
        showgrid: true,
        gridcolor: palette.colour('var(--grid)'),
      },
      yaxis: {
        domain: upDomain(size),
        range: [names.length - 0.5, -0.5],
        fixedrange: true,
        showgrid: false,
        zeroline: false,
        tickvals: names.map((_, row) => row),
        ticktext: names.map((name) => (name.length > 8 ? `${name.slice(0, 7)}…` : name)),
        tickfont: { size: 11, color: palette.colour('var(--ink-2)') },
        ticks: '',
      },
      shapes: [
        {
          type: 'line',
          x0: at,
          x1: at,
          yref: 'paper',
          y0: bottom,
          y1: top,
          line: { color: palette.colour('var(--line-strong)'), width: 1 },
        },
      ],
    },
  };
}
