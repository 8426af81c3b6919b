/**
 * Draws figures into an element, one after the other, latest wins. Where only numbers have changed, as in most frames of a
 * drag, lines are moved along by `curves` and cells are painted over by `raster`, which takes a fraction of the time; when they
 * have come to rest Plotly draws the cells too.
 */
import type { Config, PlotData } from 'plotly.js';
import { moveCurve } from './curves';
import type { Figure } from './figure';
import { loadPlotly, type Plotly } from './load';
import { rasterOf } from './raster';
import { nextTurn } from './turns';

const config: Partial<Config> = { staticPlot: true, displayModeBar: false };
const atOnce = {
  mode: 'immediate',
  frame: { duration: 0, redraw: false },
  transition: { duration: 0, easing: 'linear' },
} as const;

/** How many times as long as Plotly took a patient painter leaves to the others; `curves` and `raster` are in nobody's way. */
const leisure = 2;

/** Cells that stay for so long have come to rest. */
const restMs = 150;

export class Painter {
  readonly #element: HTMLDivElement;
  readonly #patient: boolean;
  readonly #failed: () => void;
  #plotly: Plotly | null = null;
  #wanted: Figure | null = null;
  /** Everything about the figure on screen but its numbers. */
  #form: string | null = null;
  #numbers: readonly Partial<PlotData>[] = [];
  /** The numbers that Plotly knows of. */
  #known: readonly Partial<PlotData>[] = [];
  /** When cells were last drawn or painted over. */
  #cellsAt = Number.NEGATIVE_INFINITY;
  /** The cells on screen are painted over, and Plotly is still to draw them. */
  #owed: Figure | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #closed = false;

  constructor(element: HTMLDivElement, patient: boolean, failed: () => void) {
    this.#element = element;
    this.#patient = patient;
    this.#failed = failed;
  }

  draw(figure: Figure): void {
    clearTimeout(this.#timer);
    this.#wanted = figure;
    if (!this.#busy) void this.#work();
  }

  /** Leaves the element empty. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
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
    const owed = this.#owed;
    if (owed && !this.#closed) this.#timer = setTimeout(() => this.draw(owed), restMs);
    else delete this.#element.dataset.drawing;
    if (this.#closed) this.#plotly?.purge(this.#element);
  }

  async #paint(plotly: Plotly, figure: Figure): Promise<void> {
    const { data, layout } = figure;
    const form = formOf(figure);
    if (form === this.#form && (this.#paintOver(figure) || this.#moveAlong(figure))) return;
    if (this.#patient) await nextTurn();
    const start = performance.now();
    if (form === this.#form && data.every(isCurve)) {
      const moved = changed(data, this.#known);
      const numbers = moved.map((i) => ({ x: data[i]?.x, y: data[i]?.y })) as Partial<PlotData>[];
      await plotly.animate(this.#element, { data: numbers, traces: moved }, atOnce);
    } else {
      await plotly.react(this.#element, [...data], layout, config);
      this.#form = form;
      this.#owed = null;
      this.#cellsAt = performance.now();
    }
    this.#numbers = data;
    this.#known = data;
    if (this.#patient) await pause(leisure * (performance.now() - start));
  }

  /** False where there are others than curves, or some that only Plotly can move. */
  #moveAlong({ data, layout }: Figure): boolean {
    if (!data.every(isCurve)) return false;
    for (const i of changed(data, this.#numbers)) if (!moveCurve(this.#element, data[i] ?? {}, layout)) return false;
    this.#numbers = data;
    return true;
  }

  /** False where these are no cells, or they have been at rest. */
  #paintOver(figure: Figure): boolean {
    const [trace, ...others] = figure.data;
    const moving = performance.now() < this.#cellsAt + restMs - 1;
    if (!moving || trace?.type !== 'heatmap' || others.length > 0) return false;
    const image = this.#element.querySelector('.heatmaplayer image');
    const raster = image && rasterOf(trace);
    if (!raster) return false;
    image.setAttribute('href', raster);
    this.#owed = figure;
    this.#cellsAt = performance.now();
    return true;
  }
}

/** The ends of a colour scale go with the numbers: cells are painted over with those of their own. */
function formOf({ data, layout }: Figure): string {
  return JSON.stringify([layout, data.map(({ x: _x, y: _y, z: _z, zmin: _low, zmax: _high, ...form }) => form)]);
}

const isCurve = ({ type }: Partial<PlotData>): boolean => type === 'scatter';

/** Which traces have other numbers. */
function changed(data: readonly Partial<PlotData>[], before: readonly Partial<PlotData>[]): number[] {
  return data.map((_, i) => i).filter((i) => !sameNumbers(data[i], before[i]));
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
