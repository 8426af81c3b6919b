/**
 * How far each value may move until its prediction is off by more than the tolerance: found for the solution on screen
 * once things have been at rest for a moment. During a drag the bands stay as they were where it began.
 */
import { create } from 'zustand';
import { initialPlots } from '../../sharing';
import { defaultRange, holding, type SliderRange } from '../parameters/slider-range';
import type { ProblemView, RadiusQuestion } from '../protocol';
import { Prober } from '../runtime-prober';
import { jobAtRest } from './solving';
import { useWorkbench, type WorkbenchState } from './store';

/** Where the prediction holds, around the value it starts from. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

type Bands = ReadonlyMap<string, Band>;

const useBands = create<{ readonly bands: Bands }>(() => ({ bands: new Map() }));

/** Of a parameter, or `x0.STATE`; null where it is not known. */
export function useBand(column: string): Band | null {
  return useBands(({ bands }) => bands.get(column) ?? null);
}

const pauseMs = 400;
const prober = new Prober();
let timer: ReturnType<typeof setTimeout> | undefined;

export function startFindingRadii(): void {
  useWorkbench.subscribe((now, before) => {
    if (now.problem !== before.problem || now.view.plots !== before.view.plots) clear();
    const same =
      now.pictureId === before.pictureId &&
      now.atRest === before.atRest &&
      now.view.plots === before.view.plots &&
      now.view.ranges === before.view.ranges;
    if (same) return;
    prober.cancel();
    clearTimeout(timer);
    if (now.atRest && !now.scrubbed && now.picture?.sensitivities) timer = setTimeout(find, pauseMs);
  });
}

function find(): void {
  const state = useWorkbench.getState();
  const { problem } = state;
  const { prediction: mode, tolerance } = state.view.plots ?? initialPlots;
  if (mode === 'off' || !problem) return;
  const values = sliders(problem, state);
  const questions = values.map(({ column, value, range: [low, high] }): RadiusQuestion => {
    return { column, mode, tolerance, down: value - low, up: high - value };
  });
  void prober.ask(jobAtRest(), questions, ({ column, down, up }) => {
    const value = values.find((each) => each.column === column)?.value ?? Number.NaN;
    const bands = new Map(useBands.getState().bands).set(column, { from: value - down, to: value + up });
    useBands.setState({ bands });
  });
}

function clear(): void {
  if (useBands.getState().bands.size > 0) useBands.setState({ bands: new Map() });
}

interface Slider {
  readonly column: string;
  readonly value: number;
  readonly range: SliderRange;
}

/** Every value that has a slider, as the panel shows it, but for the entries of vectors and matrices: those are many. */
function sliders(problem: ProblemView, { parameters, view, picture }: WorkbenchState): Slider[] {
  const single = (kind: 'parameter' | 'state', index: number) =>
    !problem.arrays.some((array) => {
      const size = array.rows * array.columns;
      return array.kind === kind && size > 1 && array.first <= index && index < array.first + size;
    });
  const slider = (column: string, value: number, range: SliderRange): Slider => {
    return { column, value, range: holding(view.ranges.get(column) ?? range, value) };
  };
  return [
    ...problem.parameters.flatMap(({ name, value, range }, i) =>
      single('parameter', i) ? [slider(name, parameters.get(name) ?? value, range ?? defaultRange(value))] : [],
    ),
    ...problem.states.flatMap(({ name, initial }, i) =>
      initial !== null && single('state', i)
        ? [slider(`x0.${name}`, picture?.solution.x[i] ?? initial, defaultRange(initial))]
        : [],
    ),
  ];
}
