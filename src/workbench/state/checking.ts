/**
 * Derivatives checked by finite differences: every column of the check is recomputed by re-solves in the pool, results
 * arrive one by one. What is found stays as long as the solution is the same.
 */
import { create } from 'zustand';
import type { DifferenceColumn } from '../../sensitivity';
import { Pool, poolSize } from '../pool/pool';
import type { CheckOutcome, Job } from '../protocol';
import { startWorker } from '../start-worker';
import { jobAtRest } from './solving';
import { useWorkbench } from './store';
import { sameJob } from './studying';

/** One entry only, or (null) all of the column. */
export type Only = { readonly subject: string; readonly row: number } | null;

export interface Checked {
  readonly column: DifferenceColumn;
  readonly only: Only;
}

export interface Checking {
  /** What is being checked now: how many columns, and how many of them are done. */
  readonly running: { readonly done: number; readonly total: number } | null;
  /** By name of the column. */
  readonly checked: ReadonlyMap<string, Checked>;
  /** Columns whose re-solves failed, and why. */
  readonly failed: ReadonlyMap<string, string>;
}

const nothing: Checking = { running: null, checked: new Map(), failed: new Map() };
export const useChecking = create<Checking>(() => nothing);
const { setState: set } = useChecking;

const limitMs = 60_000;
const failures = {
  crashed: 'the worker stopped unexpectedly',
  'too-slow': `no answer within ${limitMs / 1000} seconds`,
} as const;

/** Started when first asked. */
let pool: Pool | null = null;
let control = new AbortController();
/** What the results are of. */
let checkedJob: Job | null = null;

useWorkbench.subscribe(() => {
  if (!checkedJob || sameJob(checkedJob, jobAtRest())) return;
  control.abort();
  checkedJob = null;
  set(nothing);
});

export async function check(columns: readonly string[], only: Only): Promise<void> {
  pool ??= new Pool(poolSize(navigator.hardwareConcurrency), startWorker, limitMs);
  control = new AbortController();
  const { signal } = control;
  const job = jobAtRest();
  checkedJob = job;
  set({ running: { done: 0, total: columns.length }, failed: new Map() });
  await pool.run<string, CheckOutcome>(
    columns,
    async (remote, column) => remote.check(job, column),
    (answer, column) => {
      const outcome = answer.ok ? answer.value : { ok: false as const, message: failures[answer.reason] };
      set(({ running, checked, failed }) => ({
        running: running && { ...running, done: running.done + 1 },
        checked: outcome.ok ? new Map(checked).set(column, { column: outcome.value, only }) : checked,
        failed: outcome.ok ? failed : new Map(failed).set(column, outcome.message),
      }));
    },
    signal,
  );
  if (!signal.aborted) set({ running: null });
}

/** What has arrived stays. */
export function stopChecking(): void {
  control.abort();
  set({ running: null });
}

export function forgetChecks(): void {
  control.abort();
  set(nothing);
}
