/** All charts over time as one picture: beside and below one another, each with its name above it. */
import type { Annotations } from 'plotly.js';
import type { Figure } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import { framed, merged } from '../plotly/picture';
import { type Chart, rangeOf } from './chart';
import { frameOf } from './frame';
import { axesFigure, linesFigure, type Subplot } from './trajectory-figure';

/** Pixels. */
const chartSize = { width: 340, height: 170 };
const captionHeight = 22;
/** So many charts stand beside one another at most. */
const mostBeside = 3;
/** Where the drawing area of a chart begins. */
const captionLeft = 44;

export function trajectoryPicture(
  charts: readonly Chart[],
  title: string,
  palette: Palette,
  /** The values are those of an iterate, not of a solution. */
  unsolved: boolean,
): Figure {
  const beside = Math.min(mostBeside, charts.length === 4 ? 2 : Math.max(1, charts.length));
  const below = Math.ceil(charts.length / beside);
  const size = { width: beside * chartSize.width, height: below * (chartSize.height + captionHeight) };
  const subplots = charts.map((chart, i): Subplot => {
    const place = {
      left: (i % beside) * chartSize.width,
      top: Math.floor(i / beside) * (chartSize.height + captionHeight) + captionHeight,
      ...chartSize,
    };
    return { chart, place, frame: frameOf(place, chart.t, rangeOf(chart)) };
  });
  const figure = merged([axesFigure(subplots, size, palette), linesFigure(subplots, size, palette, unsolved)]);
  const annotations = subplots.map(({ chart: { name, description, colour }, place }): Partial<Annotations> => {
    const words =
      description === ''
        ? ''
        : `  <span style="color:${palette.colour('var(--ink-3)')}">${escaped(description)}</span>`;
    return {
      text: `<span style="color:${palette.colour(colour)}">■</span> <b>${escaped(name)}</b>${words}`,
      font: { size: 12, color: palette.colour('var(--ink)') },
      showarrow: false,
      xref: 'paper',
      x: (place.left + captionLeft) / size.width,
      xanchor: 'left',
      yref: 'paper',
      y: 1 - (place.top - captionHeight / 2) / size.height,
      yanchor: 'middle',
    };
  });
  return framed({ data: figure.data, layout: { ...figure.layout, annotations } }, escaped(title), palette);
}

/** Plotly takes a little markup. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
