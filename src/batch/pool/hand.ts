/**
 * One place of the pool: starts its worker when there is something to do, and a new one where that has gone. A worker may
 * be called again before it has answered: it takes one call after the other.
 */
import type { Connection } from './connection';
import { makeStopFlag, type StopFlag, setStopped } from './stopFlag';

/** What a call has besides the remote. */
export interface Circumstances {
  /** Raised when the worker is to leave what it is at. */
  readonly stop: StopFlag | null;
  /** Resolves when the worker is gone. */
  readonly lost: Promise<string>;
}

export type Request<Remote, Result> = (remote: Remote, circumstances: Circumstances) => Promise<Result>;

export type Answer<Result> =
  | { readonly ok: true; readonly value: Result }
  /** `lost`: the worker has gone, and the task had perhaps no part in that. */
  | { readonly ok: false; readonly lost: boolean; readonly reason: string };

/** `suspect`: the worker has gone while it was at this call; those that only waited behind it had no part in that. */
export interface Outcome<Result> {
  readonly answer: Answer<Result>;
  readonly suspect: boolean;
}

interface Running<Remote> {
  readonly connection: Connection<Remote>;
  /** Calls that are not answered yet, in the order in which the worker takes them. */
  readonly calls: Set<symbol>;
  readonly lost: Promise<{ readonly reason: string; readonly suspect: symbol | undefined }>;
  readonly leave: () => void;
}

export class Hand<Remote> {
  private readonly stop = makeStopFlag();
  private running: Running<Remote> | null = null;

  constructor(private readonly connect: () => Connection<Remote>) {}

  async call<Result>(request: Request<Remote, Result>): Promise<Outcome<Result>> {
    this.running ??= start(this.connect());
    const { running, stop } = this;
    const { connection, calls, lost } = running;
    if (stop && calls.size === 0) setStopped(stop, false);
    const call = Symbol();
    calls.add(call);
    const answered = (answer: Answer<Result>): Outcome<Result> => ({ answer, suspect: false });
    const outcome = await Promise.race<Outcome<Result>>([
      request(connection.remote, { stop, lost: lost.then(({ reason }) => reason) }).then(
        (value) => answered({ ok: true, value }),
        (error: unknown) =>
          answered({ ok: false, lost: false, reason: error instanceof Error ? error.message : String(error) }),
      ),
      lost.then(({ reason, suspect }) => ({ answer: { ok: false, lost: true, reason }, suspect: suspect === call })),
    ]);
    calls.delete(call);
    const { answer } = outcome;
    if (!answer.ok && answer.lost && this.running === running) this.end();
    return outcome;
  }

  /** Asks the worker to leave what it is at; false where it cannot be asked. */
  interrupt(): boolean {
    if (this.stop) setStopped(this.stop, true);
    return this.stop !== null;
  }

  /** Ends the worker; a call that waits for it is told so. */
  end(): void {
    this.running?.connection.end();
    this.running?.leave();
    this.running = null;
  }
}

function start<Remote>(connection: Connection<Remote>): Running<Remote> {
  const calls = new Set<symbol>();
  let leave = (): void => {};
  const left = new Promise<{ reason: string; suspect: undefined }>((resolve) => {
    leave = () => resolve({ reason: 'it was ended', suspect: undefined });
  });
  const gone = connection.lost.then((reason) => ({ reason, suspect: calls.values().next().value }));
  return { connection, calls, lost: Promise.race([gone, left]), leave };
}
