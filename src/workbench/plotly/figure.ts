/** A figure as Plotly takes it, as far as the page makes use of it. */
import type { Dash, Layout, LayoutAxis, PlotData } from 'plotly.js';
import type { Size } from '../use-size';
import type { Palette } from './palette';

export interface Figure {
  readonly data: readonly Partial<PlotData>[];
  readonly layout: Partial<Layout>;
}

/** What all figures have in common: they fill their place, show the page through, and leave pointer and keys to the page. */
export function plainLayout({ width, height }: Size, palette: Palette): Partial<Layout> {
  return {
    width,
    height,
    margin: { l: 0, r: 0, t: 0, b: 0 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: palette.font, size: 10.5, color: palette.colour('var(--ink-3)') },
    showlegend: false,
    hovermode: false,
    dragmode: false,
  };
}

/** An axis that is a line with ticks, numbered or not, and no grid. */
export function lineAxis(palette: Palette, labels = true): Partial<LayoutAxis> {
  const line = palette.colour('var(--line-strong)');
  return {
    fixedrange: true,
    showgrid: false,
    zeroline: false,
    showline: true,
    linecolor: line,
    ticks: labels ? 'outside' : '',
    ticklen: 3,
    tickcolor: line,
    showticklabels: labels,
  };
}

/** Names the second axis of a kind `x2`, as Plotly does, and the first one `x`. */
export function axisName(kind: 'x' | 'y', index: number): 'x' | 'y' {
  return (index === 0 ? kind : `${kind}${index + 1}`) as 'x' | 'y';
}

/** The same axis in the layout. */
export function axisKey(kind: 'x' | 'y', index: number): 'xaxis' | 'yaxis' {
  return `${kind}axis${index === 0 ? '' : index + 1}` as 'xaxis' | 'yaxis';
}

/** Lengths of dashes and gaps, as in `5px,4px`: Plotly takes them where its types only know names. */
export function dashes(lengths: string): Dash {
  return lengths as Dash;
}
