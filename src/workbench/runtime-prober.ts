/**
 * How far predictions hold is found by solving many times. That is done in a worker of its own, value by value, so that
 * values can be dragged meanwhile.
 */
import type { Job, PredictionRadius, RadiusQuestion } from './protocol';
import { startWorker } from './start-worker';
import { WorkerHost } from './worker-host';

const limitMs = 30_000;
/** A question that takes longer than this once its answer is of no use any more is ended, and the worker with it. */
const graceMs = 300;

export class Prober {
  private readonly host = new WorkerHost(startWorker, limitMs);
  /** Counts series of questions. */
  private series = 0;
  /** Questions that wait for their answers. */
  private open = 0;
  private ending: ReturnType<typeof setTimeout> | undefined;

  /** Delivers answer after answer, until all are given or the next series begins. */
  async ask(
    job: Job,
    questions: readonly RadiusQuestion[],
    deliver: (answer: PredictionRadius) => void,
  ): Promise<void> {
    this.cancel();
    const mine = this.series;
    for (const question of questions) {
      this.open++;
      const answer = await this.host.call((remote) => remote.radius(job, question));
      this.open--;
      if (this.open === 0) clearTimeout(this.ending);
      // Where one question takes too long the others would as well.
      if (mine !== this.series || !answer.ok || !answer.value) return;
      deliver(answer.value);
    }
  }

  cancel(): void {
    this.series++;
    clearTimeout(this.ending);
    if (this.open === 0) return;
    this.ending = setTimeout(() => {
      this.open = 0;
      this.host.end();
    }, graceMs);
  }
}
