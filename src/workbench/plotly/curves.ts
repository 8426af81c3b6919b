/**
 * Lines and markers moved to other numbers on the same axes: what Plotly makes of the same trace, without going through the
 * defaults and the calculations of the whole figure first.
 */
import type { Layout, LayoutAxis, PlotData } from 'plotly.js';

/** Path data of each run of numbers, or transformations of each marker, in the coordinates of the axes' group. */
interface Curve {
  readonly parts: string;
  readonly attribute: 'd' | 'transform';
  readonly values: readonly string[];
}

type Point = readonly [number, number];
type Scale = (value: number) => number;

/** Pixels beyond which it makes no difference where a point is; browsers draw nothing of much larger numbers. */
const FAR = 1e5;

/** False, and nothing is moved, where Plotly has to: the trace is of another kind, or has more or fewer parts than on screen. */
export function moveCurve(element: Element, trace: Partial<PlotData>, layout: Partial<Layout>): boolean {
  const curve = curveOf(trace, layout);
  if (!curve || !trace.uid) return false;
  const shown = element.querySelectorAll(`.trace${trace.uid} ${curve.parts}`);
  if (shown.length !== curve.values.length) return false;
  shown.forEach((part, i) => {
    part.setAttribute(curve.attribute, curve.values[i] ?? '');
  });
  return true;
}

/** Null where it is neither a plain line nor plain markers, or the ends of its axes are not given. */
export function curveOf(trace: Partial<PlotData>, layout: Partial<Layout>): Curve | null {
  const { type, mode, fill, line, x, y } = trace;
  const shape = line?.shape ?? 'linear';
  if (type !== 'scatter' || fill !== undefined || (shape !== 'linear' && shape !== 'hv') || !x || !y) return null;
  const across = scaleOf(layout[`xaxis${(trace.xaxis ?? 'x').slice(1)}` as 'xaxis'], layout.width, false);
  const up = scaleOf(layout[`yaxis${(trace.yaxis ?? 'y').slice(1)}` as 'yaxis'], layout.height, true);
  if (!across || !up || Object.values(layout.margin ?? { none: 1 }).some((room) => room !== 0)) return null;
  const runs = runsOf(x as ArrayLike<number>, y as ArrayLike<number>, across, up);
  switch (mode) {
    case 'lines':
      return { parts: '.js-line', attribute: 'd', values: runs.map((run) => pathOf(run, shape)) };
    case 'markers':
      return {
        parts: '.point',
        attribute: 'transform',
        values: runs.flat().map(([px, py]) => `translate(${px},${py})`),
      };
    default:
      return null;
  }
}

/** From numbers to pixels: of a linear axis with given ends that stands by itself; else null. */
function scaleOf(axis: Partial<LayoutAxis> | undefined, size: number | undefined, downward: boolean): Scale | null {
  const [low, high] = (axis?.range ?? []) as readonly unknown[];
  const free = axis?.scaleanchor !== undefined || axis?.matches !== undefined;
  const linear = axis?.type === undefined || axis.type === 'linear';
  if (typeof low !== 'number' || typeof high !== 'number' || free || !linear || size === undefined) return null;
  const [begin, end] = axis?.domain ?? [0, 1];
  // Plotly takes whole pixels.
  const length = (end - begin) * Math.round(size);
  return (value) => {
    const share = (value - low) / (high - low);
    const pixel = length * (downward ? 1 - share : share);
    return Math.round(100 * Math.min(FAR, Math.max(-FAR, pixel))) / 100;
  };
}

/** Points one after the other, as far as both coordinates are numbers. */
function runsOf(x: ArrayLike<number>, y: ArrayLike<number>, across: Scale, up: Scale): Point[][] {
  const runs: Point[][] = [];
  let open: Point[] | null = null;
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) {
      open = null;
      continue;
    }
    if (!open) {
      open = [];
      runs.push(open);
    }
    open.push([across(x[i] ?? 0), up(y[i] ?? 0)]);
  }
  return runs;
}

/** `hv`: across first, then up or down. */
function pathOf([first = [0, 0], ...others]: readonly Point[], shape: 'linear' | 'hv'): string {
  const onwards = others.map(([x, y]) => (shape === 'hv' ? `H${x}V${y}` : `L${x},${y}`));
  return `M${first[0]},${first[1]}${onwards.join('')}`;
}
