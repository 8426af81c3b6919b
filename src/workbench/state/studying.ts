/**
 * What takes longer than a frame to find out about the solution on screen: worked out in a worker of its own once things
 * have come to rest, and only what some part of the page shows. A result stays, no longer fresh, until there is another.
 */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Job, Ranges, Studies, StudyKind } from '../protocol';
import { Researcher } from '../runtime-researcher';
import { jobAtRest } from './solving';
import { useWorkbench } from './store';

export type Studied<Result> =
  | { readonly stage: 'none' | 'running' }
  /** Not fresh: of an earlier solution. */
  | { readonly stage: 'done'; readonly result: Result; readonly fresh: boolean }
  | { readonly stage: 'failed'; readonly message: string };

type All = { readonly [Kind in StudyKind]: Studied<Studies[Kind]> };

const none = { stage: 'none' } as const;
const useStudies = create<All>(() => ({
  value: none,
  validity: none,
  exact: none,
  'gauss-newton': none,
  directions: none,
}));

/** These are of the solution as solved, wherever the smoothing dial stands. */
const unsmoothed: readonly StudyKind[] = ['exact', 'gauss-newton'];

const researcher = new Researcher();
/** How many parts of the page show each. */
const shown = new Map<StudyKind, number>();
/** What a result is of. */
interface Asked {
  readonly job: Job;
  /** Of the sliders; only directions are scaled by them. */
  readonly ranges: Ranges;
}

const known = new Map<StudyKind, Asked>();
let running: (Asked & { readonly kind: StudyKind }) | null = null;

/** The study of this kind; while `wanted` it is kept up to date. */
export function useStudy<Kind extends StudyKind>(kind: Kind, wanted = true): Studied<Studies[Kind]> {
  useEffect(() => {
    if (!wanted) return;
    shown.set(kind, (shown.get(kind) ?? 0) + 1);
    void work();
    return () => {
      shown.set(kind, (shown.get(kind) ?? 1) - 1);
    };
  }, [kind, wanted]);
  return useStudies((all) => all[kind]);
}

useWorkbench.subscribe((now, before) => {
  if (
    now.text === before.text &&
    now.parameters === before.parameters &&
    now.initial === before.initial &&
    now.view === before.view &&
    now.atRest === before.atRest
  )
    return;
  for (const kind of known.keys()) if (!isFresh(kind)) outdate(kind);
  if (running && !isStill(running, running.kind)) {
    researcher.cancel();
    if (useStudies.getState()[running.kind].stage === 'running') put(running.kind, none);
    running = null;
  }
  // Whether things are at rest is settled when all who listen have heard of the change.
  queueMicrotask(work);
});

async function work(): Promise<void> {
  const { atRest, picture } = useWorkbench.getState();
  if (running || !atRest || picture?.solution.status !== 'converged') return;
  const kind = [...shown].find(([each, count]) => count > 0 && !isFresh(each))?.[0];
  if (!kind) return;
  const mine = { kind, ...askedNow(kind) };
  running = mine;
  if (useStudies.getState()[kind].stage !== 'done') put(kind, { stage: 'running' });
  const outcome = await researcher.study(kind, mine.job, mine.ranges);
  if (running !== mine) return;
  running = null;
  known.set(kind, mine);
  put(
    kind,
    outcome.ok ? { stage: 'done', result: outcome.value, fresh: true } : { stage: 'failed', message: outcome.message },
  );
  void work();
}

function isFresh(kind: StudyKind): boolean {
  const asked = known.get(kind);
  return asked !== undefined && isStill(asked, kind);
}

function isStill({ job, ranges }: Asked, kind: StudyKind): boolean {
  const now = askedNow(kind);
  return sameJob(job, now.job) && (kind !== 'directions' || ranges === now.ranges);
}

function outdate(kind: StudyKind): void {
  known.delete(kind);
  const study = useStudies.getState()[kind];
  put(kind, study.stage === 'done' ? { ...study, fresh: false } : none);
}

function put<Kind extends StudyKind>(kind: Kind, study: Studied<Studies[Kind]>): void {
  useStudies.setState({ [kind]: study } as Partial<All>);
}

function askedNow(kind: StudyKind): Asked {
  const job = jobAtRest();
  const { ranges } = useWorkbench.getState().view;
  return { job: unsmoothed.includes(kind) ? { ...job, tau: null } : job, ranges };
}

export function sameJob(a: Job, b: Job): boolean {
  return a.text === b.text && a.parameters === b.parameters && a.initial === b.initial && a.tau === b.tau;
}
