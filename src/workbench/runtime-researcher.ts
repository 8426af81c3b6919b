/**
 * Studies of a solution take from milliseconds to seconds. They are made in a worker of their own, so that values can be
 * dragged meanwhile, and ended when their problem is no longer the one on screen.
 */
import type { Job, Ranges, Studies, StudyKind, StudyOutcome } from './protocol';
import { startWorker } from './start-worker';
import { WorkerHost } from './worker-host';

const limitMs = 60_000;

const failures = {
  crashed: 'This stopped unexpectedly. A changed value starts it again.',
  'too-slow': `This was ended after ${limitMs / 1000} seconds: it is cubic in the number of variables, and this problem has too many.`,
} as const;

export class Researcher {
  private readonly host = new WorkerHost(startWorker, limitMs);

  /** Where it is cancelled meanwhile, the outcome is of no use. */
  async study<Kind extends StudyKind>(kind: Kind, job: Job, ranges: Ranges): Promise<StudyOutcome<Studies[Kind]>> {
    const answer = await this.host.call<StudyOutcome<Studies[StudyKind]>>(async (remote) =>
      remote.study(job, kind, ranges),
    );
    // What is asked for is what is answered, though comlink does not know it.
    return answer.ok ? (answer.value as StudyOutcome<Studies[Kind]>) : { ok: false, message: failures[answer.reason] };
  }

  cancel(): void {
    this.host.end();
  }
}
