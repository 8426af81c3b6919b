/**
 * How far each value may move: until the active set changes, as the solution itself says, and until its prediction is off
 * by more than the tolerance, which is found once things have been at rest for a moment. During a drag all of it stays
 * as it was where the drag began.
 */
import { create } from 'zustand';
import type { ActiveSetChange } from '../../sensitivity';
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

/** Where the active set changes, and what changes there. */
export interface Change {
  readonly at: number;
  readonly event: ActiveSetChange;
}

interface Known {
  readonly bands: ReadonlyMap<string, Band>;
  readonly changes: ReadonlyMap<string, readonly Change[]>;
}

const useKnown = create<Known>(() => ({ bands: new Map(), changes: new Map() }));

/** Of a parameter, or `x0.STATE`; null where it is not known. */
export function useBand(column: string): Band | null {
  return useKnown(({ bands }) => bands.get(column) ?? null);
}

/** The same: the nearest one downwards and the nearest one upwards, where there are any. */
export function useChanges(column: string): readonly Change[] {
  return useKnown(({ changes }) => changes.get(column) ?? none);
}

const none: readonly Change[] = [];

const pauseMs = 400;
const prober = new Prober();
let timer: ReturnType<typeof setTimeout> | undefined;

export function startFindingRadii(): void {
  useWorkbench.subscribe((now, before) => {
    if (now.problem !== before.problem || now.view.plots !== before.view.plots) forgetBands();
    if (now.picture !== before.picture && now.atRest && !now.scrubbed) useKnown.setState({ changes: changesOf(now) });
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
    const bands = new Map(useKnown.getState().bands).set(column, { from: value - down, to: value + up });
    useKnown.setState({ bands });
  });
}

function forgetBands(): void {
  if (useKnown.getState().bands.size > 0) useKnown.setState({ bands: new Map() });
}

function changesOf({ problem, picture, parameters }: WorkbenchState): Known['changes'] {
  if (!problem || !picture) return new Map();
  const values = new Map(problem.parameters.map(({ name, value }) => [name, parameters.get(name) ?? value]));
  problem.states.forEach(({ name }, i) => {
    values.set(`x0.${name}`, picture.solution.x[i] ?? Number.NaN);
  });
  return new Map(
    picture.ranges.map(({ column, down, up, downEvent, upEvent }): [string, Change[]] => {
      const value = values.get(column) ?? Number.NaN;
      return [
        column,
        [
          ...(downEvent ? [{ at: value - down, event: downEvent }] : []),
          ...(upEvent ? [{ at: value + up, event: upEvent }] : []),
        ],
      ];
    }),
  );
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
