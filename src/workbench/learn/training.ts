/**
 * The training on screen: it runs in a worker, slice by slice, and only while it is asked to; a second worker surveys the
 * landscape. What belongs to an experiment that has been left is dropped.
 */
import { create } from 'zustand';
import { pageWorkers } from '../../batch';
import type { Look, Square } from '../../learning';
import type { LearningView } from '../../sharing';
import { WorkerHost } from '../worker-host';
import { type LearnInterface, type Mark, type Opened, type Outcome, type Progress, side } from './protocol';
import { limitMs, startLearner } from './start-learner';

export interface Training {
  readonly opened: Opened | null;
  /** What went wrong. */
  readonly failure: string | null;
  readonly running: boolean;
  /** [contenders][steps] */
  readonly marks: readonly (readonly Mark[])[];
  /** What comes of the contenders at the start and now; null: not drawn. */
  readonly before: readonly (Look | null)[];
  readonly now: readonly (Look | null)[];
  /** Milliseconds of training. */
  readonly spent: number;
  /** Whom the experiment is about, as it went before a switch was changed; empty: there was no such training. */
  readonly earlier: readonly Mark[];
  readonly landscape: Landscape | null;
}

export interface Landscape {
  /** Losses [row][column], row after row from the beginning of the second axis; not a number where not known. */
  readonly cells: Float64Array;
  /** The step at whose values it is taken. */
  readonly step: number;
  readonly done: boolean;
}

const sliceMs = 30;
/** Between two looks at whether the landscape is still that of the values. */
const restMs = 500;
const nothing: Training = {
  opened: null,
  failure: null,
  running: false,
  marks: [],
  before: [],
  now: [],
  spent: 0,
  earlier: [],
  landscape: null,
};
const failures = {
  crashed: 'The training stopped unexpectedly. Reset it to begin anew.',
  'too-slow': 'The training gave no answer within a minute and was stopped. Reset it to begin anew.',
} as const;

export const useTraining = create<Training>(() => nothing);
const { getState: get, setState: set } = useTraining;

const trainer = new WorkerHost<LearnInterface>(startLearner, limitMs);
const surveyor = new WorkerHost<LearnInterface>(startLearner, limitMs);

type Change = (training: Training) => Partial<Training>;

/** What has arrived since the last frame. */
let arrived: Change[] = [];

/** With the next frame, together with all else that arrives until then: the page is drawn once. */
async function soon(change: Change): Promise<void> {
  const mine = current;
  arrived.push((training) => (mine === current ? change(training) : {}));
  await nextFrame();
  const changes = arrived;
  arrived = [];
  if (changes.length === 0) return;
  let latest = get();
  for (const next of changes) latest = { ...latest, ...next(latest) };
  set(latest);
}

/** Counts experiments. */
let current = 0;
/** Counts starts: the last one goes on. */
let runs = 0;
/** Steps at which the training pauses of itself. */
let until = 0;
/** What is open. */
let shown: LearningView | null = null;
/** The experiment a slice of which is being waited for. */
let waiting: number | null = null;

/** Begins the experiment anew, at its start and paused; where it is another one of the same page, the last stays in sight. */
export async function openExperiment(view: LearningView): Promise<void> {
  const mine = ++current;
  set({ ...nothing, earlier: earlierOf(view) });
  shown = view;
  const [answer, surveyed] = await Promise.all([
    trainer.call<Outcome<Opened>>(async (remote) => remote.open(view, pageWorkers())),
    surveyor.call<Outcome<Opened>>(async (remote) => remote.open(view, 1)),
  ]);
  if (mine !== current) return;
  if (!answer.ok) return fail(answer.reason);
  if (!answer.value.ok) return set({ failure: answer.value.message });
  const opened = answer.value.value;
  until = opened.steps;
  set({ opened, marks: opened.contenders.map(() => []) });
  await step();
  if (mine === current && surveyed.ok) void survey(mine);
}

function earlierOf(view: LearningView): readonly Mark[] {
  if (shown?.page !== view.page) return [];
  const { marks, earlier } = get();
  const path = marks[0] ?? [];
  return view === shown || path.length < 3 ? earlier : path;
}

/** Ends it, workers and all. */
export function closeExperiment(): void {
  current++;
  shown = null;
  trainer.end();
  surveyor.end();
  set(nothing);
}

export async function start(): Promise<void> {
  const { opened, marks } = get();
  if (!opened) return;
  if (stepsOf(marks) >= until) until += opened.steps;
  const mine = current;
  const run = ++runs;
  set({ running: true });
  while (get().running && run === runs) {
    await slice(sliceMs);
    if (mine !== current || run !== runs) return;
    if (stepsOf(get().marks) >= until) pause();
  }
  await look(mine);
}

async function look(mine: number): Promise<void> {
  const answer = await trainer.call((remote) => remote.look());
  if (mine === current && answer.ok) await soon(() => ({ now: answer.value }));
}

export function pause(): void {
  set({ running: false });
}

/** One step of whom the experiment is about, and as much work of the others. */
export async function step(): Promise<void> {
  const mine = current;
  await slice(0);
  await look(mine);
}

const stepsOf = (marks: Training['marks']): number => marks[0]?.at(-1)?.step ?? 0;
const nextFrame = (): Promise<number> => new Promise(requestAnimationFrame);

async function slice(milliseconds: number): Promise<void> {
  const mine = current;
  if (waiting === mine) return;
  waiting = mine;
  const answer = await trainer.call((remote) => remote.advance(milliseconds));
  if (mine !== current) return;
  waiting = null;
  if (!answer.ok) return fail(answer.reason);
  await soon((training) => taken(answer.value, training));
}

function taken(
  progress: Progress,
  { marks, before, now, spent }: Pick<Training, 'marks' | 'before' | 'now' | 'spent'>,
): Partial<Training> {
  const latest = progress.now.length > 0 ? progress.now : now;
  return {
    marks: marks.map((known, i) => [...known, ...(progress.marks[i] ?? [])]),
    now: latest,
    before: before.length > 0 ? before : latest,
    spent: spent + progress.spent,
  };
}

/** The landscape at the values of now, and anew when they have left it. */
async function survey(mine: number): Promise<void> {
  const values = get().marks[0]?.at(-1)?.values;
  if (!values) return;
  const step = stepsOf(get().marks);
  const cells = get().landscape?.cells.slice() ?? new Float64Array(side * side).fill(Number.NaN);
  await surveyor.call((remote) => remote.survey(values));
  for (;;) {
    const answer = await surveyor.call((remote) => remote.map(3 * sliceMs));
    if (mine !== current || !answer.ok) return;
    const { squares, done } = answer.value;
    for (const square of squares) fill(cells, square);
    const known = { cells: cells.slice(), step, done };
    await soon(() => ({ landscape: known }));
    if (mine !== current) return;
    if (done) break;
  }
  if (values.length <= 2) return;
  await moved(values, mine);
  if (mine === current) void survey(mine);
}

/** Waits until the values that are on no axis of the landscape are others than these. */
async function moved(values: Float64Array, mine: number): Promise<void> {
  while (mine === current) {
    const latest = get().marks[0]?.at(-1)?.values;
    const off = (value: number, j: number): boolean => Math.abs(value / (values[j] ?? 1) - 1) > 0.02;
    if (latest?.some((value, j) => j >= 2 && off(value, j))) return;
    await new Promise((resolve) => setTimeout(resolve, restMs));
  }
}

function fill(cells: Float64Array, { column, row, side: length, loss }: Square): void {
  for (let i = row; i < row + length; i++) cells.fill(loss, i * side + column, i * side + column + length);
}

function fail(reason: keyof typeof failures): void {
  set({ failure: failures[reason], running: false });
}
