/** Value and derivative over one parameter, one above the other on a shared axis; a colour for each barrier value. */
import type { LayoutAxis, PlotData } from 'plotly.js';
import { formatNumber } from '../../format';
import { type Figure, lineAxis, plainLayout } from '../../plotly/figure';
import type { Palette } from '../../plotly/palette';
import { extent, padded, scaleTicks, ticks } from '../../plots/axis';
import type { Size } from '../../use-size';
import { broken, type Curve, differencesOf } from './curve';

export const alongMargin = { left: 58, right: 12, top: 10, bottom: 24, between: 14 };

export function colourOf(index: number): string {
  return `var(--trace-${(index % 8) + 1})`;
}

export function alongFigure(curves: readonly Curve[], size: Size, palette: Palette): Figure {
  const at = curves[0]?.at ?? [];
  const range = { low: at[0] ?? 0, high: at.at(-1) ?? 1 };
  const middle = (size.height - alongMargin.bottom + alongMargin.top) / 2;
  const tickvals = ticks(range, Math.max(2, Math.round(size.width / 90)));
  const across = (anchor: 'y' | 'y2', labels: boolean): Partial<LayoutAxis> => ({
    domain: [alongMargin.left / size.width, 1 - alongMargin.right / size.width],
    anchor,
    range: [range.low, range.high],
    ...lineAxis(palette, labels),
    tickvals,
    ticktext: tickvals.map((tick) => formatNumber(tick)),
  });
  const upwards = (values: readonly number[], top: number, bottom: number): Partial<LayoutAxis> => {
    const span = padded(extent(values) ?? { low: -1, high: 1 });
    const marks = scaleTicks(span, Math.max(3, Math.round((bottom - top) / 30)));
    return {
      domain: [1 - bottom / size.height, 1 - top / size.height],
      range: [span.low, span.high],
      fixedrange: true,
      gridcolor: palette.colour('var(--grid)'),
      zeroline: true,
      zerolinecolor: palette.colour('var(--zero)'),
      tickvals: marks,
      ticktext: marks.map((tick) => formatNumber(tick)),
    };
  };
  return {
    data: curves.flatMap((curve, i) => tracesOf(curve, palette.colour(colourOf(i)))),
    layout: {
      ...plainLayout(size, palette),
      xaxis: across('y', false),
      xaxis2: across('y2', true),
      yaxis: {
        ...upwards(
          curves.flatMap(({ values }) => values),
          alongMargin.top,
          middle - alongMargin.between / 2,
        ),
        anchor: 'x',
      },
      yaxis2: {
        ...upwards(
          curves.flatMap(({ derivatives }) => derivatives),
          middle + alongMargin.between / 2,
          size.height - alongMargin.bottom,
        ),
        anchor: 'x2',
      },
    },
  };
}

function tracesOf(curve: Curve, color: string): Partial<PlotData>[] {
  const differences = differencesOf(curve);
  const line = { color, width: 1.75 };
  return [
    { ...broken(curve, curve.values), type: 'scatter', mode: 'lines', line, name: tauName(curve.tau) },
    {
      ...broken(curve, curve.derivatives),
      type: 'scatter',
      mode: 'lines',
      line,
      xaxis: 'x2',
      yaxis: 'y2',
      showlegend: false,
    },
    {
      x: differences.map(({ at }) => at),
      y: differences.map(({ value }) => value),
      type: 'scatter',
      mode: 'markers',
      marker: { color: 'rgba(0,0,0,0)', size: 5, line: { color, width: 1 } },
      xaxis: 'x2',
      yaxis: 'y2',
      showlegend: false,
    },
  ];
}

export function tauName(tau: number | null): string {
  return tau === null ? 'as solved' : `τ = ${formatNumber(tau, 2)}`;
}
