/**
 * Draws figures into an element, one after the other, latest wins. Where only the numbers of lines have changed, as in
 * most frames of a drag, they move along without axes and labels being drawn anew, which takes a fraction of the time.
 */
import type { Config, Data, PlotData } from 'plotly.js';
import type { Figure } from './figure';
import { loadPlotly, type Plotly } from './load';

const config: Partial<Config> = { staticPlot: true, displayModeBar: false };
const atOnce = {
  mode: 'immediate',
  frame: { duration: 0, redraw: false },
  transition: { duration: 0, easing: 'linear' },
} as const;

export class Painter {
  readonly #element: HTMLDivElement;
  readonly #failed: () => void;
  #plotly: Plotly | null = null;
  #wanted: Figure | null = null;
  /** Everything about the figure on screen but its numbers. */
  #shown: string | null = null;
  #busy = false;
  #closed = false;

  constructor(element: HTMLDivElement, failed: () => void) {
    this.#element = element;
    this.#failed = failed;
  }

  draw(figure: Figure): void {
    this.#wanted = figure;
    if (!this.#busy) void this.#work();
  }

  /** Leaves the element empty. */
  close(): void {
    this.#closed = true;
    if (!this.#busy) this.#plotly?.purge(this.#element);
  }

  async #work(): Promise<void> {
    this.#busy = true;
    this.#element.dataset.drawing = '';
    try {
      this.#plotly ??= await loadPlotly();
      while (this.#wanted && !this.#closed) {
        const figure = this.#wanted;
        this.#wanted = null;
        await this.#paint(this.#plotly, figure);
      }
    } catch {
      this.#failed();
    }
    this.#busy = false;
    delete this.#element.dataset.drawing;
    if (this.#closed) this.#plotly?.purge(this.#element);
  }

  async #paint(plotly: Plotly, { data, layout }: Figure): Promise<void> {
    const form = formOf({ data, layout });
    if (form === this.#shown && data.every(({ type }) => type === 'scatter')) {
      const numbers = data.map(({ x, y }) => ({ x, y })) as Partial<PlotData>[];
      await plotly.animate(this.#element, { data: numbers, traces: data.map((_, i) => i) }, atOnce);
    } else {
      await plotly.react(this.#element, data as Data[], layout, config);
      this.#shown = form;
    }
  }
}

function formOf({ data, layout }: Figure): string {
  return JSON.stringify([layout, data.map(({ x: _x, y: _y, z: _z, ...form }) => form)]);
}
