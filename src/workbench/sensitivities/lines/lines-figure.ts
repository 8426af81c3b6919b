/** The lines of all columns, on axes that are drawn beneath them; the one pointed at stands out. */
import type { Layout, PlotData } from 'plotly.js';
import { axisKey, axisName, type Figure, plainLayout } from '../../plotly/figure';
import type { Palette } from '../../plotly/palette';
import type { Frame, Place } from '../../plots/frame';
import type { Size } from '../../use-size';
import type { LineChart } from './line-charts';

export interface PlacedLines {
  readonly chart: LineChart;
  readonly place: Place;
  readonly frame: Frame;
}

export function columnLinesFigure(
  placed: readonly PlacedLines[],
  t: Float64Array,
  size: Size,
  palette: Palette,
  /** The column pointed at. */
  emphasised: string | null,
): Figure {
  const layout: Partial<Layout> = plainLayout(size, palette);
  placed.forEach(({ place, frame }, i) => {
    const { time, value } = frame;
    layout[axisKey('x', i)] = {
      domain: [(place.left + frame.left) / size.width, (place.left + frame.right) / size.width],
      anchor: axisName('y', i),
      range: [time.low, time.high],
      visible: false,
      fixedrange: true,
    };
    layout[axisKey('y', i)] = {
      domain: [1 - (place.top + frame.bottom) / size.height, 1 - (place.top + frame.top) / size.height],
      anchor: axisName('x', i),
      range: [value.low, value.high],
      visible: false,
      fixedrange: true,
    };
  });
  const data = placed.flatMap(({ chart }, i) =>
    chart.lines.map(({ column, colour, faint, values }, j): Partial<PlotData> => {
      const step = chart.subject.kind === 'control';
      const y = step ? [...values, values[values.length - 1] ?? Number.NaN] : [...values];
      const behind = emphasised !== null && emphasised !== column;
      return {
        type: 'scatter',
        mode: 'lines',
        name: `∂${chart.subject.name}/∂${column}`,
        uid: `${i}-${j}`,
        x: [...t.subarray(0, y.length)],
        y,
        line: {
          color: palette.colour(colour),
          width: emphasised === column ? 2.5 : faint ? 1 : 1.5,
          shape: step ? 'hv' : 'linear',
        },
        opacity: behind ? 0.15 : faint && emphasised === null ? 0.45 : 1,
        xaxis: axisName('x', i),
        yaxis: axisName('y', i),
        cliponaxis: false,
      };
    }),
  );
  return { data, layout };
}
