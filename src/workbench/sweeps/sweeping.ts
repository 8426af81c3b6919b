/**
 * The sweep that runs, or has run. Rows arrive in the table chunk by chunk; the page hears of them once a frame at most.
 * Whatever the user does with a slider goes first: the workers wait meanwhile.
 */
import { create } from 'zustand';
import {
  connectWorker,
  hold,
  pageWorkers,
  type RemoteSweeps,
  type Samples,
  type SweepPlan,
  type SweepService,
  SweepTable,
  sweep,
  WorkerPool,
} from '../../batch';
import type { SharedDocument, SweepView } from '../../sharing';
import { askedBy } from '../asked';
import type { ProblemView } from '../protocol';
import { jobAtRest } from '../state/solving';
import { useWorkbench } from '../state/store';
import { type Definition, samplesOf, type Variable } from './definition';
import { solveOnDevice, wantsDevice } from './device';
import { keepOf, shapeOf } from './keeping';
import { Stopwatch } from './stopwatch';

export interface Run {
  readonly problem: ProblemView;
  readonly definition: Definition;
  readonly plan: SweepPlan;
  /** What all instances have in common. */
  readonly document: Pick<SharedDocument, 'text' | 'parameters' | 'initial'>;
  /** The same object from the beginning to the end. */
  readonly table: SweepTable;
  /** Counts the times that rows have arrived in it. */
  readonly version: number;
  readonly done: number;
  readonly stage: 'running' | 'paused' | 'done' | 'cancelled';
  /** Milliseconds of work. */
  readonly elapsed: number;
  /** Where it is solved. */
  readonly where: string;
  /** Whether a GPU is at it now, which cannot be paused. */
  readonly device: boolean;
  /** What the user should know of that. */
  readonly notes: readonly string[];
}

export const useSweeping = create<{ readonly run: Run | null }>(() => ({ run: null }));
const { getState: get, setState: set } = useSweeping;

/** The page draws so often at most. */
const frameMs = 50;
/** A user who does nothing for so long does not want the workers to wait any longer. */
const calmMs = 120;
/** Above that of sweeps. */
const urgent = 1;

/** Started when first asked. */
let pool: WorkerPool<RemoteSweeps> | null = null;
let control = new AbortController();
let release: (() => void) | null = null;
let calm: ReturnType<typeof setTimeout> | undefined;
const stopwatch = new Stopwatch();

const workers = (): WorkerPool<RemoteSweeps> => {
  pool ??= new WorkerPool<RemoteSweeps>(pageWorkers(), () =>
    connectWorker<SweepService>(
      new Worker(new URL('./sweep.worker.ts', import.meta.url), { type: 'module', name: 'sweep' }),
    ),
  );
  return pool;
};

export async function startSweep(
  problem: ProblemView,
  view: SweepView,
  definition: Definition,
  variables: readonly Variable[],
  list: Samples | null,
): Promise<void> {
  control.abort();
  control = new AbortController();
  const { signal } = control;
  const { text, parameters, initial, tau = null } = jobAtRest();
  const samples = samplesOf(view, definition, variables, list);
  const differentiated = definition.sampling === 'grid';
  const plan: SweepPlan = {
    text,
    method: {},
    settings: tau === null ? {} : { tau },
    base: askedBy(problem, { parameters, initial, tau }),
    samples,
    keep: keepOf(problem, view.quantity, samples.names, definition.count, differentiated),
    warm: view.start === 'warm',
  };
  const table = new SweepTable(plan.keep, definition.count);
  const threads = workers();
  set({
    run: {
      problem,
      definition,
      plan,
      document: { text, parameters, initial },
      table,
      version: 0,
      done: 0,
      stage: 'running',
      elapsed: 0,
      where: `the CPU, ${threads.size} ${threads.size === 1 ? 'thread' : 'threads'}`,
      device: false,
      notes: [],
    },
  });
  stopwatch.restart();
  yieldToUser();
  const rows = await onDevice(view, plan, table, signal);
  if (signal.aborted) return;
  await sweep(threads, shapeOf(problem), plan, {
    signal,
    table,
    onRows: () => showSoon(signal),
    ...(rows && { rows }),
  });
  if (signal.aborted) return;
  stopwatch.stop();
  show('done');
}

/** What the GPU solves, where it is wanted; returns the rows that are left for the CPU, or null: all. */
async function onDevice(
  { backend }: SweepView,
  plan: SweepPlan,
  table: SweepTable,
  signal: AbortSignal,
): Promise<Int32Array | null> {
  if (!wantsDevice(backend, table.count)) return null;
  const cpu = get().run?.where ?? '';
  let device = '';
  tell({ where: 'the GPU, which is being prepared', device: true });
  const outcome = await solveOnDevice(plan, table, backend === 'auto', {
    signal,
    onStart: (name) => {
      device = `the GPU (${name})`;
      tell({ where: device });
    },
    onRows: () => showSoon(signal),
  });
  if (signal.aborted) return null;
  if (!outcome.ok) {
    // Nobody who leaves the choice to the page is told why it chose.
    tell({
      where: cpu,
      device: false,
      notes: backend === 'gpu' ? [`${outcome.reason} The CPU has solved it instead.`] : [],
    });
    return null;
  }
  const { polished, left, reason } = outcome;
  const notes = [
    ...(polished > 0 ? [`${polished.toLocaleString('en')} were polished in double precision.`] : []),
    ...(left.length > 0
      ? [`${reason ?? ''} The CPU has solved the remaining ${left.length.toLocaleString('en')}.`.trim()]
      : []),
  ];
  const where = left.length === 0 ? device : device === '' ? cpu : `${device}, then ${cpu}`;
  tell({ where, device: false, notes });
  return left;
}

function tell(change: Partial<Run>): void {
  set(({ run }) => ({ run: run && { ...run, ...change } }));
}

export function pauseSweep(): void {
  show('paused');
  settle();
}

export function resumeSweep(): void {
  show('running');
  settle();
}

/** What has arrived stays. */
export function cancelSweep(): void {
  control.abort();
  stopwatch.stop();
  show('cancelled');
  settle();
}

let waiting = false;

function showSoon(signal: AbortSignal): void {
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    if (!signal.aborted) show();
  }, frameMs);
}

function show(stage = get().run?.stage ?? 'running'): void {
  set(({ run }) => ({
    run: run && { ...run, stage, version: run.version + 1, done: run.table.done, elapsed: stopwatch.elapsed },
  }));
}

/** Keeps the workers while the user is at a slider or has paused the sweep, and lets them go afterwards. */
function settle(): void {
  const stage = get().run?.stage;
  const kept = stage === 'paused' || (stage === 'running' && !get().run?.device && isUserBusy());
  if (kept && !release) {
    release = hold(workers(), urgent);
    stopwatch.stop();
  } else if (!kept && release) {
    release();
    release = null;
    if (stage === 'running') stopwatch.resume();
  }
}

const isUserBusy = (): boolean => {
  const { dragging, busy } = useWorkbench.getState();
  return dragging || busy;
};

useWorkbench.subscribe((now, before) => {
  if (now.dragging !== before.dragging || now.busy !== before.busy) yieldToUser();
});

function yieldToUser(): void {
  clearTimeout(calm);
  if (isUserBusy()) settle();
  else calm = setTimeout(settle, calmMs);
}
