/**
 * Branches of solutions over an interval of one value, followed in the pool: one task for each barrier value, which goes up
 * and down from the sample nearest to the solution on screen, each solve from the one next to it. Points arrive one by
 * one; what is found stays as long as the problem and its other values are the same.
 */
import { create } from 'zustand';
import { Pool, poolSize } from '../pool/pool';
import type { BranchEnd, BranchOutcome, Job } from '../protocol';
import { startWorker } from '../start-worker';
import { jobAtRest } from './solving';
import { useWorkbench } from './store';
import { sameJob } from './studying';
import { walk } from './walk';

export interface BranchesAsked {
  readonly column: string;
  /** Increasing. */
  readonly samples: readonly number[];
  readonly taus: readonly (number | null)[];
}

export interface Branches extends BranchesAsked {
  /** [taus][samples]; null: not solved yet. `from`: the sample that it set out from, null for the solution on screen. */
  readonly points: readonly (readonly (Arrived | null)[])[];
}

export interface Arrived {
  readonly outcome: BranchOutcome;
  readonly from: number | null;
}

interface Following {
  readonly running: { readonly done: number; readonly total: number } | null;
  readonly branches: Branches | null;
  /** Why branches ended before their time. */
  readonly failure: string | null;
}

const nothing: Following = { running: null, branches: null, failure: null };
export const useFollowing = create<Following>(() => nothing);
const { setState: set } = useFollowing;

const limitMs = 120_000;
const failures = {
  crashed: 'A worker stopped unexpectedly: its branch ends there.',
  'too-slow': `A branch was ended after ${limitMs / 1000} seconds. Fewer samples will help.`,
} as const;

/** Started when first asked. */
let pool: Pool | null = null;
let control = new AbortController();
/** What the branches set out from. */
let followedJob: Job | null = null;

useWorkbench.subscribe(() => {
  if (!followedJob || sameJob({ ...followedJob, tau: null }, { ...jobAtRest(), tau: null })) return;
  control.abort();
  followedJob = null;
  set(nothing);
});

/** `value`: of the column, at the solution on screen. */
export async function follow(asked: BranchesAsked, value: number): Promise<void> {
  const solution = useWorkbench.getState().converged?.solution;
  if (!solution) return;
  pool ??= new Pool(poolSize(navigator.hardwareConcurrency), startWorker, limitMs);
  control.abort();
  control = new AbortController();
  const { signal } = control;
  const job = jobAtRest();
  followedJob = job;
  const { column, samples, taus } = asked;
  const points = taus.map(() => samples.map(() => null));
  set({ running: { done: 0, total: taus.length * samples.length }, branches: { ...asked, points }, failure: null });
  const first: BranchEnd = { x: solution.x, u: solution.u, multipliers: null };
  await pool.run<number, void>(
    taus.map((_, i) => i),
    async (remote, i) => {
      const ends = new Map<number, BranchEnd>();
      for (const { sample, from } of walk(samples, value)) {
        // Where a neighbour failed its own start is the best there is.
        const end = (from === null ? undefined : ends.get(from)) ?? first;
        const outcome = await remote.follow(at(job, column, samples[sample] ?? value, taus[i] ?? null), column, end);
        if (signal.aborted) return;
        ends.set(sample, outcome.ok ? outcome.value.end : { ...end, multipliers: null });
        arrive(i, sample, { outcome, from });
      }
    },
    (answer) => {
      if (!answer.ok) set({ failure: failures[answer.reason] });
    },
    signal,
  );
  if (!signal.aborted) set({ running: null });
}

/** What has arrived stays. */
export function stopFollowing(): void {
  control.abort();
  set({ running: null });
}

function arrive(branch: number, sample: number, arrived: Arrived): void {
  set(({ running, branches }) => ({
    running: running && { ...running, done: running.done + 1 },
    branches: branches && {
      ...branches,
      points: branches.points.map((points, i) => (i === branch ? points.with(sample, arrived) : points)),
    },
  }));
}

function at(job: Job, column: string, value: number, tau: number | null): Job {
  const state = column.startsWith('x0.') ? column.slice(3) : null;
  const parameters = state === null ? new Map(job.parameters).set(column, value) : job.parameters;
  const initial = state === null ? job.initial : new Map(job.initial).set(state, value);
  return { text: job.text, parameters, initial, mode: 'rest', tau };
}
