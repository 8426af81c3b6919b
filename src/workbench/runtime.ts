/** The page's end of the runtime: jobs go in, the latest wins; replies, or a sentence about what went wrong, come out. */
import type { Typeset } from '../language';
import { LatestWins } from './latest-wins';
import type { Iterate, Job, Reply, Written } from './protocol';
import { startWorker } from './start-worker';
import { type Answer, WorkerHost } from './worker-host';

/** Compiling and solving the largest problem allowed takes less; beyond it something hangs. */
const limitMs = 30_000;

export type Outcome = { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly message: string };

const failures = {
  crashed: 'The solver stopped unexpectedly and has been restarted. Change the text or a value to try again.',
  'too-slow': `The solver gave no answer within ${limitMs / 1000} seconds and has been restarted. Fewer steps, or a simpler problem, will help.`,
} as const;

export class Runtime {
  private readonly host = new WorkerHost(startWorker, limitMs);
  private readonly queue: LatestWins<Job, Answer<Reply>>;

  constructor(deliver: (outcome: Outcome, job: Job) => void) {
    this.queue = new LatestWins(
      (job) => this.host.call<Reply>(async (remote) => remote.run(job)),
      (answer, job) =>
        deliver(answer.ok ? { ok: true, reply: answer.value } : { ok: false, message: failures[answer.reason] }, job),
    );
  }

  get busy(): boolean {
    return this.queue.busy;
  }

  request(job: Job): void {
    this.queue.request(job);
  }

  async typeset(text: string): Promise<Typeset | null> {
    const answer = await this.host.call((remote) => remote.typeset(text));
    return answer.ok ? answer.value : null;
  }

  /** Null where there is no such iterate, or the runtime failed. */
  async iterate(job: Job, index: number): Promise<Iterate | null> {
    const answer = await this.host.call((remote) => remote.iterate(job, index));
    return answer.ok ? answer.value : null;
  }

  /** Null where the runtime failed. */
  async write({ text, parameters, initial }: Omit<Job, 'mode'>): Promise<Written | null> {
    const answer = await this.host.call((remote) => remote.write(text, parameters, initial));
    return answer.ok ? answer.value : null;
  }
}
