/**
 * The optimality report takes seconds for a large problem. It is made in a worker of its own, so that values can be
 * dragged meanwhile, and ended when its problem is no longer the one on screen.
 */
import type { Optimality } from '../sensitivity';
import type { Job } from './protocol';
import { startWorker } from './start-worker';
import { WorkerHost } from './worker-host';

const limitMs = 60_000;

export type Examination =
  | { readonly ok: true; readonly report: Optimality }
  | { readonly ok: false; readonly message: string };

const failures = {
  crashed: 'The check stopped unexpectedly.',
  'too-slow': `The check was ended after ${limitMs / 1000} seconds: it is cubic in the number of variables, and this problem has too many.`,
} as const;

export class Examiner {
  private readonly host = new WorkerHost(startWorker, limitMs);

  /** Where it is cancelled meanwhile, the answer is of no use. */
  async examine(job: Job): Promise<Examination> {
    const answer = await this.host.call((remote) => remote.examine(job));
    if (!answer.ok) return { ok: false, message: failures[answer.reason] };
    if (!answer.value) return { ok: false, message: 'There is no solution to check.' };
    return { ok: true, report: answer.value };
  }

  cancel(): void {
    this.host.end();
  }
}
