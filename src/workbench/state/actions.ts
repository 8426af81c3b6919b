/** Everything a user can do to the document. What replaces a document can be undone. */
import {
  type Below,
  type HeatmapView,
  initialLearning,
  initialPlots,
  initialStudio,
  initialSweep,
  type LearningView,
  type PlotsView,
  type SharedDocument,
  type StudioView,
  type SweepView,
  type View,
} from '../../sharing';
import { documentOf, emptyDocument, type RefusedLink, useWorkbench } from './store';

const pastLimit = 50;
const { getState: get, setState: set } = useWorkbench;

export function setText(text: string): void {
  if (text !== get().text) set({ text });
}

export function setParameter(name: string, value: number): void {
  set(({ parameters }) => ({ parameters: new Map(parameters).set(name, value) }));
}

export function setInitial(state: string, value: number): void {
  set(({ initial }) => ({ initial: new Map(initial).set(state, value) }));
}

export function resetParameter(name: string): void {
  set(({ parameters }) => ({ parameters: without(parameters, name) }));
}

export function resetInitial(state: string): void {
  set(({ initial }) => ({ initial: without(initial, state) }));
}

/** Several at once: the entries of a vector or a matrix. */
export function resetParameters(names: readonly string[]): void {
  set(({ parameters }) => ({ parameters: names.reduce(without, parameters) }));
}

export function resetInitials(states: readonly string[]): void {
  set(({ initial }) => ({ initial: states.reduce(without, initial) }));
}

export function setDragging(dragging: boolean): void {
  const { dragging: already, converged, parameters, initial } = get();
  if (dragging === already) return;
  set({ dragging, before: dragging ? converged : null, draggedFrom: dragging ? { parameters, initial } : null });
}

export function setRange(key: string, range: readonly [number, number]): void {
  changeView({ ranges: new Map(get().view.ranges).set(key, range) });
}

export function setHeatmap(change: Partial<HeatmapView>): void {
  changeView({ heatmap: { ...get().view.heatmap, ...change } });
}

export function setStudio(change: Partial<StudioView>): void {
  changeView({ studio: { ...initialStudio, ...get().view.studio, ...change } });
}

export function setSweep(change: Partial<SweepView>): void {
  changeView({ sweep: { ...initialSweep, ...get().view.sweep, ...change } });
}

/** All values at once, in the place of those that there are. */
export function setValues({ parameters, initial }: Pick<SharedDocument, 'parameters' | 'initial'>): void {
  set({ parameters, initial });
}

export function showDerivative(quantity: string, column: string): void {
  changeView({ derivative: { quantity, column } });
}

export function setPlots(change: Partial<PlotsView>): void {
  changeView({ plots: { ...initialPlots, ...get().view.plots, ...change } });
}

export function showBelow(below: Below): void {
  if (below !== (get().view.below ?? 'sensitivities')) changeView({ below });
}

export function showCostates(costates: boolean): void {
  changeView({ costates });
}

/** Puts a document in the place of the present one, which can be brought back. */
export function openDocument(document: SharedDocument, notice: string): void {
  replace(document, notice);
  set({ refused: null, learning: null });
}

export function openText(text: string, notice: string): void {
  openDocument({ ...emptyDocument, text }, notice);
}

/** All values as the text says. */
export function resetValues(): void {
  const { text, view } = get();
  replace({ text, parameters: new Map(), initial: new Map(), view }, 'All values are those of the text again.');
}

export function undo(): void {
  const { past, documentId } = get();
  const last = past.at(-1);
  if (!last) return;
  set({
    ...last,
    documentId: documentId + 1,
    past: past.slice(0, -1),
    notice: { text: 'Brought back what was there before.', undoable: false },
  });
}

/** Shows the page about a link that could not be read, or leaves it. */
export function setRefused(refused: RefusedLink | null): void {
  set({ refused });
}

/** Goes to an experiment of learning, or changes something about it. */
export function setLearning(change: Partial<LearningView>): void {
  set(({ learning }) => ({ learning: { ...initialLearning, ...learning, ...change }, refused: null }));
}

/** Back to the document. */
export function leaveLearning(): void {
  set({ learning: null });
}

export function notify(text: string): void {
  set({ notice: { text, undoable: false } });
}

export function dismissNotice(): void {
  set({ notice: null });
}

function replace(document: SharedDocument, notice: string): void {
  const state = get();
  const worthKeeping = state.text.trim() !== '';
  const past = worthKeeping ? [...state.past, documentOf(state)] : state.past;
  set({
    ...document,
    documentId: state.documentId + 1,
    past: past.slice(-pastLimit),
    notice: worthKeeping ? { text: notice, undoable: true } : null,
  });
}

function changeView(change: Partial<View>): void {
  set(({ view }) => ({ view: { ...view, ...change } }));
}

function without(values: ReadonlyMap<string, number>, name: string): ReadonlyMap<string, number> {
  const rest = new Map(values);
  rest.delete(name);
  return rest;
}
