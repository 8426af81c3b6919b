/**
 * From the document to its picture: typing waits for a pause and then compiles, a changed value solves at once from the
 * last solution, and when things have come to rest a solve from the guess has the last word.
 */
import { initialPlots } from '../../sharing';
import type { Iterate, Job, ProblemView, Reply } from '../protocol';
import { type Outcome, Runtime } from '../runtime';
import { openDocument } from './actions';
import { resultShown, useWorkbench, type WorkbenchState } from './store';
import { studioOf } from './studio';

const typingPauseMs = 150;
const restPauseMs = 200;

const { getState: get, setState: set, subscribe } = useWorkbench;

const runtime = new Runtime(receive);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Answers wait here for the next frame. */
let arrived: { readonly reply: Reply; readonly job: Job } | null = null;

export function startSolving(): void {
  subscribe((now, before) => {
    const textChanged = now.text !== before.text;
    const valuesChanged =
      now.parameters !== before.parameters || now.initial !== before.initial || tauOf(now) !== tauOf(before);
    if (textChanged || valuesChanged) set((state) => ({ ...resultShown(state), atRest: false }));
    // Typing changes the text and nothing else; opening a document changes all of it.
    if (textChanged) solveSoon(valuesChanged ? 0 : typingPauseMs);
    else if (valuesChanged && !now.stale) {
      request('drag');
      solveSoon(restPauseMs);
    } else if (before.dragging && !now.dragging) solveSoon(restPauseMs);
  });
  if (get().text !== '') solveNow();
}

export function solveNow(): void {
  clearTimeout(timer);
  request('rest');
}

export function typesetText(text: string): ReturnType<Runtime['typeset']> {
  return runtime.typeset(text);
}

/** An iterate of the solve on screen. */
export function iterateOf(index: number): Promise<Iterate | null> {
  return runtime.iterate(jobAtRest(), index);
}

export function jobAtRest(): Job {
  return jobNow('rest');
}

function jobNow(mode: Job['mode']): Job {
  const { text, parameters, initial, view, draggedFrom } = get();
  const prediction = (view.plots ?? initialPlots).prediction;
  const from = mode === 'drag' ? draggedFrom : null;
  const predicted = from && prediction !== 'off' ? { from, mode: prediction } : null;
  return { text, parameters, initial, mode, tau: tauOf({ view }), predicted };
}

function tauOf(state: Pick<WorkbenchState, 'view'>): number | null {
  return studioOf(state).tau;
}

/** The text takes over the values set by sliders, but for those that it gives by an expression. */
export async function writeValues(): Promise<void> {
  const { text, parameters, initial, view, documentId } = get();
  const written = await runtime.write({ text, parameters, initial });
  // Whoever types in the meantime comes first.
  const unchanged = get().text === text && get().documentId === documentId;
  if (written === null || !unchanged) return;
  const left = [...written.parameters.keys(), ...written.initial.keys()];
  const notice =
    left.length === 0
      ? 'The text has the values now.'
      : `The text has the values now, but for those that it does not give as numbers: ${left.slice(0, 3).join(', ')}${left.length > 3 ? ', …' : ''}.`;
  openDocument({ ...written, view }, notice);
}

function solveSoon(milliseconds: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    // A pause within a drag is not its end.
    if (!get().dragging) request('rest');
  }, milliseconds);
}

function request(mode: Job['mode']): void {
  runtime.request(jobNow(mode));
  if (!get().busy) set({ busy: true });
}

function receive(outcome: Outcome, job: Job): void {
  if (!outcome.ok) {
    arrived = null;
    set({ failure: outcome.message, busy: runtime.busy });
    return;
  }
  const waiting = arrived !== null;
  const { reply } = outcome;
  const earlier = arrived?.reply;
  const problem = reply.ok && earlier?.ok ? (reply.problem ?? earlier.problem) : null;
  arrived = { reply: problem && reply.ok ? { ...reply, problem } : reply, job };
  if (waiting) return;
  if (document.hidden) show();
  else requestAnimationFrame(show);
}

function show(): void {
  if (!arrived) return;
  const { reply, job } = arrived;
  arrived = null;
  set((state) => ({ ...next(state, reply, job), busy: runtime.busy, failure: null }));
}

function next(state: WorkbenchState, reply: Reply, job: Job): Partial<WorkbenchState> {
  // The same array as long as it says the same: the editor marks its text anew for every other one.
  const changed = job.text === state.text && JSON.stringify(reply.diagnostics) !== JSON.stringify(state.diagnostics);
  const diagnostics = changed ? reply.diagnostics : state.diagnostics;
  if (!reply.ok) return { diagnostics, stale: true };
  const { picture } = reply;
  const fresh: Partial<WorkbenchState> = reply.problem
    ? {
        problem: reply.problem,
        problemOf: state.documentId,
        converged: null,
        ...(state.problemOf === state.documentId ? forgetOverwritten(state, reply.problem) : {}),
      }
    : {};
  return {
    ...fresh,
    ...(state.scrubbed ? { scrubbed: null, before: null } : {}),
    picture,
    ...(picture.sensitivities ? { converged: picture } : {}),
    pictureId: state.pictureId + 1,
    atRest:
      job.mode === 'rest' &&
      job.text === state.text &&
      job.parameters === state.parameters &&
      job.initial === state.initial &&
      job.tau === tauOf(state),
    diagnostics,
    stale: false,
  };
}

/** A value newly written in the text is what the user wants now: it takes the place of one set by a slider. */
function forgetOverwritten(state: WorkbenchState, problem: ProblemView): Partial<WorkbenchState> {
  if (!state.problem) return {};
  const { problem: before } = state;
  const parameters = new Map(state.parameters);
  for (const { name, value } of problem.parameters) {
    const old = before.parameters.find((parameter) => parameter.name === name);
    if (old && old.value !== value) parameters.delete(name);
  }
  const initial = new Map(state.initial);
  for (const { name, initial: value } of problem.states) {
    const old = before.states.find((state) => state.name === name);
    if (old && old.initial !== value) initial.delete(name);
  }
  return {
    ...(parameters.size < state.parameters.size ? { parameters } : {}),
    ...(initial.size < state.initial.size ? { initial } : {}),
  };
}
