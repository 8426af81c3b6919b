/** A figure of the page as a picture that stands by itself: its layers in one, on a ground, with a title. */
import type { Layout, PlotData } from 'plotly.js';
import type { Figure } from './figure';
import type { Palette } from './palette';

const room = { edge: 14, title: 34, legend: 26 };

/** Layers that lie one upon the other on the same axes: the first one's axes are shown, the last one's traces are on top. */
export function merged([first, ...others]: readonly [Figure, ...Figure[]]): Figure {
  const layers = [first, ...others];
  return {
    // A trace is known by its place within its layer: in one figure those would meet.
    data: layers.flatMap(({ data }) => data.map(({ uid: _, ...trace }): Partial<PlotData> => trace)),
    layout: first.layout,
  };
}

/** Adds what the page has around a figure: its ground, its title, and a legend where the page has one. */
export function framed({ data, layout }: Figure, title: string, palette: Palette, legend = false): Figure {
  const ground = palette.colour('var(--surface)');
  const { width = 0, height = 0 } = layout;
  const bottom = room.edge + (legend ? room.legend : 0);
  const whole: Partial<Layout> = {
    ...layout,
    width: width + 2 * room.edge,
    height: height + room.title + bottom,
    margin: { l: room.edge, r: room.edge, t: room.title, b: bottom },
    paper_bgcolor: ground,
    plot_bgcolor: ground,
    title: {
      text: title,
      font: { size: 13, color: palette.colour('var(--ink)') },
      xref: 'container',
      x: room.edge / (width + 2 * room.edge),
      xanchor: 'left',
      yref: 'container',
      y: 1 - room.title / 2 / (height + room.title + bottom),
      yanchor: 'middle',
    },
    showlegend: legend,
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: 0, yref: 'container', yanchor: 'bottom' },
  };
  return { data, layout: whole };
}
