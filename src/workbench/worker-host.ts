/**
 * Owns the worker: starts it when it is needed, and ends it when it crashes or does not answer in time, so that the next
 * request finds a fresh one.
 */
import * as Comlink from 'comlink';
import type { WorkerInterface } from './protocol';

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: 'crashed' | 'too-slow' };

interface Running<Interface> {
  readonly worker: Worker;
  readonly remote: Comlink.Remote<Interface>;
  /** Resolves when the worker has failed as a whole. */
  readonly crashed: Promise<void>;
}

export class WorkerHost<Interface = WorkerInterface> {
  private running: Running<Interface> | null = null;

  constructor(
    private readonly create: () => Worker,
    private readonly limitMs: number,
  ) {}

  async call<Value>(request: (remote: Comlink.Remote<Interface>) => Promise<Value>): Promise<Answer<Value>> {
    const running = this.start();
    const limit = countdown(this.limitMs);
    const answer = await Promise.race<Answer<Value>>([
      request(running.remote).then(
        (value) => ({ ok: true, value }),
        (error: unknown) => {
          console.error(error);
          return { ok: false, reason: 'crashed' };
        },
      ),
      running.crashed.then(() => ({ ok: false, reason: 'crashed' })),
      limit.over.then(() => ({ ok: false, reason: 'too-slow' })),
    ]);
    limit.stop();
    if (!answer.ok) this.stop(running);
    return answer;
  }

  /** Ends the worker, whatever it is at; a call that still waits for it runs into the limit. */
  end(): void {
    if (this.running) this.stop(this.running);
  }

  private start(): Running<Interface> {
    if (this.running) return this.running;
    const worker = this.create();
    const crashed = new Promise<void>((resolve) => {
      worker.addEventListener('error', () => resolve());
      worker.addEventListener('messageerror', () => resolve());
    });
    this.running = { worker, remote: Comlink.wrap<Interface>(worker), crashed };
    return this.running;
  }

  private stop(failed: Running<Interface>): void {
    failed.worker.terminate();
    if (this.running === failed) this.running = null;
  }
}

function countdown(milliseconds: number): { readonly over: Promise<void>; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return { over, stop: () => clearTimeout(timer) };
}
