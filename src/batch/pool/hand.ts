/** One place of the pool: starts its worker when there is something to do, and a new one where that has gone. */
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

interface Running<Remote> {
  readonly connection: Connection<Remote>;
  readonly lost: Promise<string>;
  readonly leave: (reason: string) => void;
}

export class Hand<Remote> {
  private readonly stop = makeStopFlag();
  private running: Running<Remote> | null = null;

  constructor(private readonly connect: () => Connection<Remote>) {}

  async call<Result>(request: Request<Remote, Result>): Promise<Answer<Result>> {
    this.running ??= start(this.connect());
    const { running, stop } = this;
    const { connection, lost } = running;
    if (stop) setStopped(stop, false);
    const answer = await Promise.race<Answer<Result>>([
      request(connection.remote, { stop, lost }).then(
        (value) => ({ ok: true, value }),
        (error: unknown) => ({
          ok: false,
          lost: false,
          reason: error instanceof Error ? error.message : String(error),
        }),
      ),
      lost.then((reason) => ({ ok: false, lost: true, reason })),
    ]);
    if (!answer.ok && answer.lost && this.running === running) this.end();
    return answer;
  }

  /** Asks the worker to leave what it is at; false where it cannot be asked. */
  interrupt(): boolean {
    if (this.stop) setStopped(this.stop, true);
    return this.stop !== null;
  }

  /** Ends the worker; a call that waits for it is told so. */
  end(): void {
    this.running?.connection.end();
    this.running?.leave('it was ended');
    this.running = null;
  }
}

function start<Remote>(connection: Connection<Remote>): Running<Remote> {
  let leave: (reason: string) => void = () => {};
  const left = new Promise<string>((resolve) => {
    leave = resolve;
  });
  return { connection, lost: Promise.race([connection.lost, left]), leave };
}
