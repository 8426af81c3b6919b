/** How a solve converged: infeasibilities, complementarity and barrier value on a logarithmic axis, step lengths beside. */
import type { LayoutAxis, PlotData } from 'plotly.js';
import type { Iteration } from '../../solver';
import { type Figure, lineAxis, plainLayout } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import { ticks } from '../plots/axis';
import type { Size } from '../use-size';

export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly of: (iteration: Iteration) => number;
}

export const residuals: readonly Series[] = [
  { name: 'primal infeasibility', colour: 'var(--trace-1)', of: (iteration) => iteration.primalInfeasibility },
  { name: 'dual infeasibility', colour: 'var(--trace-2)', of: (iteration) => iteration.dualInfeasibility },
  { name: 'complementarity', colour: 'var(--trace-3)', of: (iteration) => iteration.complementarity },
  { name: 'barrier', colour: 'var(--trace-8)', of: (iteration) => iteration.barrier },
];

export const steps: readonly Series[] = [
  { name: 'primal step', colour: 'var(--trace-4)', of: (iteration) => iteration.stepPrimal },
  { name: 'dual step', colour: 'var(--trace-5)', of: (iteration) => iteration.stepDual },
];

const margin = { left: 44, right: 10, top: 6, bottom: 20, between: 40 };
/** Share of the width that the residuals have. */
const share = 0.66;

export function convergenceFigure(
  history: readonly Iteration[],
  /** Index of the iterate that the plots show, if it is not the last. */
  marked: number | null,
  size: Size,
  palette: Palette,
): Figure {
  const middle = margin.left + share * (size.width - margin.left - margin.right);
  const along = (from: number, to: number, anchor: 'y' | 'y2'): Partial<LayoutAxis> => {
    const tickvals = ticks({ low: 0, high: history.length - 1 }, Math.max(2, (to - from) / 50)).filter(
      Number.isInteger,
    );
    return {
      domain: [from / size.width, to / size.width],
      anchor,
      range: [-0.5, history.length - 0.5],
      ...lineAxis(palette),
      tickvals,
      ticktext: tickvals.map(String),
    };
  };
  const upwards = {
    domain: [margin.bottom / size.height, 1 - margin.top / size.height],
    fixedrange: true,
    gridcolor: palette.colour('var(--grid)'),
    zeroline: false,
  } satisfies Partial<LayoutAxis>;
  const line = { color: palette.colour('var(--ink-3)'), width: 1 };
  return {
    data: [
      ...residuals.map((series) => trace(series, history, palette, 'x', 'y', (value) => (value > 0 ? value : null))),
      ...steps.map((series) => trace(series, history, palette, 'x2', 'y2', (value) => value)),
    ],
    layout: {
      ...plainLayout(size, palette),
      xaxis: along(margin.left, middle, 'y'),
      yaxis: { ...upwards, anchor: 'x', type: 'log', exponentformat: 'power', nticks: 5 },
      xaxis2: along(middle + margin.between, size.width - margin.right, 'y2'),
      yaxis2: { ...upwards, anchor: 'x2', range: [-0.08, 1.08], tickvals: [0, 0.5, 1] },
      shapes:
        marked === null
          ? []
          : (['x', 'x2'] as const).map((xref) => ({
              type: 'line',
              xref,
              yref: xref === 'x' ? 'y domain' : 'y2 domain',
              x0: marked,
              x1: marked,
              y0: 0,
              y1: 1,
              line,
            })),
    },
  };
}

/** A logarithm of zero is not drawn: the line has a gap there. */
function trace(
  { name, colour, of }: Series,
  history: readonly Iteration[],
  palette: Palette,
  xaxis: 'x' | 'x2',
  yaxis: 'y' | 'y2',
  drawn: (value: number) => number | null,
): Partial<PlotData> {
  const color = palette.colour(colour);
  return {
    type: 'scatter',
    name,
    x: history.map((_, i) => i),
    y: history.map((iteration) => drawn(of(iteration))),
    mode: 'lines+markers',
    line: { color, width: 1.5 },
    marker: { color, size: 4 },
    xaxis,
    yaxis,
    cliponaxis: false,
  };
}
