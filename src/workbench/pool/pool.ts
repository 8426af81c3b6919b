/**
 * Many independent tasks over several workers: each worker takes the next task when it has done one, answers arrive one by
 * one, in any order. Workers are started when there is something to do, and stay for the next time.
 */
import type * as Comlink from 'comlink';
import type { WorkerInterface } from '../protocol';
import { type Answer, WorkerHost } from '../worker-host';

export type Work<Task, Result> = (remote: Comlink.Remote<WorkerInterface>, task: Task) => Promise<Result>;

export class Pool {
  private readonly hosts: readonly WorkerHost[];

  /** `limitMs`: what one task may take before its worker is given up. */
  constructor(size: number, create: () => Worker, limitMs: number) {
    this.hosts = Array.from({ length: size }, () => new WorkerHost(create, limitMs));
  }

  /**
   * Resolves to true when all tasks are answered. On the signal it resolves to false at once, nothing is delivered any
   * more, and the workers are ended, whatever they are at.
   */
  async run<Task, Result>(
    tasks: readonly Task[],
    work: Work<Task, Result>,
    deliver: (answer: Answer<Result>, task: Task) => void,
    signal: AbortSignal,
  ): Promise<boolean> {
    const waiting = tasks.values();
    const lane = async (host: WorkerHost): Promise<void> => {
      for (const task of waiting) {
        const answer = await host.call((remote) => work(remote, task));
        if (signal.aborted) return;
        deliver(answer, task);
      }
    };
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([Promise.all(this.hosts.slice(0, tasks.length).map(lane)), aborted]);
    if (signal.aborted) for (const host of this.hosts) host.end();
    return !signal.aborted;
  }
}

/** One worker for each core but the one that the page itself runs on. */
export function poolSize(cores: number): number {
  return Math.max(1, cores - 1);
}
