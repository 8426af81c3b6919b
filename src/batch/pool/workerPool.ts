/**
 * Workers that share out the tasks of several jobs: who has done one takes the next, of the job with the highest priority
 * that has any. A worker has a task of its job ahead of the one that it is at, so that it need not wait while the thread
 * that hands them out is busy. Workers are started when there is something to do, and stay for the next job.
 */
import type { Connection } from './connection';
import { Hand } from './hand';
import { type Advancing, Job, type JobDescription } from './job';

interface Place<Remote> {
  readonly hand: Hand<Remote>;
  /** What it is at, and how many tasks of that it has. */
  job: Advancing<Remote> | null;
  tasks: number;
  interrupted: boolean;
}

/** Tasks that a worker has at a time. */
const AHEAD = 2;

export class WorkerPool<Remote> {
  private readonly places: readonly Place<Remote>[];
  /** By priority, and the earlier first among equals. */
  private jobs: Advancing<Remote>[] = [];

  /** `connect` starts a worker. */
  constructor(size: number, connect: () => Connection<Remote>) {
    this.places = Array.from({ length: size }, () => ({
      hand: new Hand(connect),
      job: null,
      tasks: 0,
      interrupted: false,
    }));
  }

  get size(): number {
    return this.places.length;
  }

  /**
   * Resolves to true when every task is answered. On the signal it resolves to false at once and nothing is delivered any
   * more.
   */
  run<Task, Result>(description: JobDescription<Remote, Task, Result>): Promise<boolean> {
    const { signal } = description;
    if (signal?.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const aborted = (): void => {
        job.giveUp();
        for (const place of this.places) if (place.job === job) this.free(place);
      };
      const job: Advancing<Remote> = new Job(description, (complete) => {
        signal?.removeEventListener('abort', aborted);
        this.jobs = this.jobs.filter((other) => !other.over);
        resolve(complete);
      });
      signal?.addEventListener('abort', aborted);
      if (job.over) return;
      this.jobs = [...this.jobs, job].sort((a, b) => b.priority - a.priority);
      this.assign();
    });
  }

  /** Ends all workers and gives up all jobs. */
  close(): void {
    for (const job of this.jobs) job.giveUp();
    for (const { hand } of this.places) hand.end();
  }

  /** Work for who has none; and for a job of high priority that finds none free, the hand of a lower one. */
  private assign(): void {
    for (const place of this.places) {
      const job = this.next();
      if (!job) return;
      if (place.job === null) this.work(place, job);
    }
    for (const place of this.places) {
      const job = this.next();
      // The last tasks go to who is free first.
      const enough = job !== null && job.unclaimed >= this.size;
      if (enough && place.job === job && place.tasks < AHEAD && !place.interrupted) this.work(place, job);
    }
    const urgent = this.next();
    if (!urgent || this.places.some(({ job, interrupted }) => interrupted && (job?.priority ?? 0) < urgent.priority))
      return;
    const lower = this.places
      .filter(({ job }) => job !== null && job.priority < urgent.priority)
      .sort((a, b) => (a.job?.priority ?? 0) - (b.job?.priority ?? 0))
      .at(0);
    if (lower) lower.interrupted = lower.hand.interrupt();
  }

  /** The first in line of those with tasks that nobody has. */
  private next(): Advancing<Remote> | null {
    return this.jobs.find(({ unclaimed }) => unclaimed > 0) ?? null;
  }

  private async work(place: Place<Remote>, job: Advancing<Remote>): Promise<void> {
    place.job = job;
    place.tasks++;
    await job.advance(place.hand);
    if (--place.tasks === 0) {
      place.job = null;
      place.interrupted = false;
    }
    this.assign();
  }

  /** Who cannot be asked to leave its task is ended. */
  private free(place: Place<Remote>): void {
    if (!place.hand.interrupt()) place.hand.end();
  }
}
