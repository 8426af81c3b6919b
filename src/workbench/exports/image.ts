/** Figures as pictures. */
import type { PlotlyDataLayoutConfig } from 'plotly.js';
import type { Figure } from '../plotly/figure';
import { loadPlotly } from '../plotly/load';

/** Pixels of a picture for each of the page's, so that it may be printed. */
const scale = 2;

export async function pngOf(figure: Figure): Promise<Blob> {
  const data = await image(figure, 'png', scale);
  return new Blob([Uint8Array.from(atob(data), (byte) => byte.charCodeAt(0))], { type: 'image/png' });
}

export async function svgOf(figure: Figure): Promise<Blob> {
  return new Blob([decodeURIComponent(await image(figure, 'svg', 1))], { type: 'image/svg+xml' });
}

/** What stands behind the comma of a data address: base64, or an SVG in the letters of addresses. */
async function image({ data, layout }: Figure, format: 'png' | 'svg', scale: number): Promise<string> {
  const plotly = await loadPlotly();
  const { width = null, height = null } = layout;
  const whole: PlotlyDataLayoutConfig = { data: [...data], layout, config: { staticPlot: true } };
  const address = await plotly.toImage(whole, { format, width, height, scale });
  return address.slice(address.indexOf(',') + 1);
}
