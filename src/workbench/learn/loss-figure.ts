/** Loss and length of the gradient, one above the other, over the steps or over what they took; a colour for each contender. */
import type { PlotData } from 'plotly.js';
import { axisKey, axisName, dashes, type Figure, lineAxis, plainLayout } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import type { Size } from '../use-size';
import type { Mark } from './protocol';
import { decades, decadeTicks, plainTicks, upTo } from './scales';

const margin = { left: 46, right: 12, top: 8, bottom: 22, between: 16 };
/** Of the height, that of the loss. */
const share = 0.6;

export function contenderColour(index: number): string {
  return `var(--trace-${index + 1})`;
}

export const earlierColour = 'var(--bound)';

export interface Losses {
  /** [contenders][steps] */
  readonly marks: readonly (readonly Mark[])[];
  /** A training before. */
  readonly earlier: readonly Mark[];
  readonly goal: number;
  /** Steps to be made. */
  readonly steps: number;
  /** What is counted from left to right. */
  readonly by: 'step' | 'work';
}

export function lossFigure({ marks, earlier, goal, steps, by }: Losses, size: Size, palette: Palette): Figure {
  const middle = margin.top + share * (size.height - margin.top - margin.bottom);
  const bands = [
    { top: margin.top, bottom: middle - margin.between / 2 },
    { top: middle + margin.between / 2, bottom: size.height - margin.bottom },
  ] as const;
  const across = upTo(
    Math.max(...[...marks, earlier].map((path) => path.at(-1)?.[by] ?? 0)),
    by === 'step' ? steps / 3 : 20,
  );
  const curves = [
    { path: earlier, colour: earlierColour, width: 1.5 },
    ...marks.map((path, i) => ({ path, colour: contenderColour(i), width: i === 0 ? 2 : 1.5 })),
  ];
  const losses = curves.map(({ path }) => path.map(({ loss }) => loss));
  const slopes = curves.map(({ path }) => path.map(({ slope }) => slope ?? Number.NaN));
  const ranges = [decades(...losses, [goal]), decades(...slopes)] as const;
  const layout = plainLayout(size, palette);
  bands.forEach(({ top, bottom }, i) => {
    const range = ranges[i as 0 | 1];
    layout[axisKey('x', i)] = {
      ...lineAxis(palette, i === 1),
      domain: [margin.left / size.width, 1 - margin.right / size.width],
      anchor: axisName('y', i),
      range: [across.low, across.high],
      ...plainTicks(across, Math.max(2, Math.round(size.width / 80))),
    };
    layout[axisKey('y', i)] = {
      domain: [1 - bottom / size.height, 1 - top / size.height],
      anchor: axisName('x', i),
      range: [range.low, range.high],
      fixedrange: true,
      gridcolor: palette.colour('var(--grid)'),
      zeroline: false,
      ticks: '',
      ...decadeTicks(range, Math.max(2, Math.round((bottom - top) / 26))),
    };
  });
  const curve = (i: number, values: readonly number[], band: number): Partial<PlotData> => ({
    type: 'scatter',
    mode: 'lines',
    uid: `${band}-${i}`,
    x: curves[i]?.path.map((mark) => mark[by]) ?? [],
    y: values.map((value) => (value > 0 ? Math.log10(value) : Number.NaN)),
    line: { color: palette.colour(curves[i]?.colour ?? earlierColour), width: curves[i]?.width ?? 1 },
    xaxis: axisName('x', band),
    yaxis: axisName('y', band),
  });
  const reached: Partial<PlotData> = {
    type: 'scatter',
    mode: 'lines',
    uid: 'goal',
    x: [across.low, across.high],
    y: [Math.log10(goal), Math.log10(goal)],
    line: { color: palette.colour('var(--bound)'), width: 1, dash: dashes('4px,3px') },
  };
  return {
    data: [
      reached,
      ...losses.map((values, i) => curve(i, values, 0)),
      ...slopes.map((values, i) => curve(i, values, 1)),
    ],
    layout,
  };
}
