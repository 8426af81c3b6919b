/**
 * Draws figures into an element, one after the other, latest wins. Where only the numbers of lines have changed, as in
 * most frames of a drag, they move along without axes and labels being drawn anew, which takes a fraction of the time.
 */
import type { Config, PlotData } from 'plotly.js';
import type { Figure } from './figure';
import { loadPlotly, type Plotly } from './load';

const config: Partial<Config> = { staticPlot: true, displayModeBar: false };
const atOnce = {
  mode: 'immediate',
  frame: { duration: 0, redraw: false },
  transition: { duration: 0, easing: 'linear' },
} as const;

/** How many times as long as a drawing took a patient painter leaves to the others. */
const leisure = 2;

export class Painter {
  readonly #element: HTMLDivElement;
  readonly #patient: boolean;
  readonly #failed: () => void;
  #plotly: Plotly | null = null;
  #wanted: Figure | null = null;
  /** Everything about the figure on screen but its numbers. */
  #form: string | null = null;
  #numbers: readonly Partial<PlotData>[] = [];
  #busy = false;
  #closed = false;

  constructor(element: HTMLDivElement, patient: boolean, failed: () => void) {
    this.#element = element;
    this.#patient = patient;
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
    const lines = data.every(({ type }) => type === 'scatter');
    const start = performance.now();
    if (form === this.#form && lines) {
      const moved = data.map((_, i) => i).filter((i) => !sameNumbers(data[i], this.#numbers[i]));
      if (moved.length > 0) {
        const numbers = moved.map((i) => ({ x: data[i]?.x, y: data[i]?.y })) as Partial<PlotData>[];
        await plotly.animate(this.#element, { data: numbers, traces: moved }, atOnce);
      }
    } else {
      await plotly.react(this.#element, [...data], layout, config);
      this.#form = form;
    }
    this.#numbers = data;
    if (this.#patient) await pause(leisure * (performance.now() - start));
  }
}

function formOf({ data, layout }: Figure): string {
  return JSON.stringify([layout, data.map(({ x: _x, y: _y, z: _z, ...form }) => form)]);
}

function sameNumbers(a: Partial<PlotData> | undefined, b: Partial<PlotData> | undefined): boolean {
  return same(a?.x, b?.x) && same(a?.y, b?.y);
}

function same(a: PlotData['x'] | undefined, b: PlotData['x'] | undefined): boolean {
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
