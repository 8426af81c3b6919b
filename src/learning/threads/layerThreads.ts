/** Threads of layers: each a pool of one, so that a sample is always solved by the same and starts from its last solution there. */
import { type Answer, type Connection, type RemoteOf, WorkerPool } from '../../batch';
import type { LayerService } from './layerWorker';

export type RemoteLayers = RemoteOf<LayerService>;

export class LayerThreads {
  private readonly hands: readonly WorkerPool<RemoteLayers>[];

  /** `connect` starts a thread, when there is something to do for it. */
  constructor(count: number, connect: () => Connection<RemoteLayers>) {
    this.hands = Array.from({ length: count }, () => new WorkerPool(1, connect));
  }

  get count(): number {
    return this.hands.length;
  }

  /** Of that thread, or of another one in its place where it has gone. */
  async call<Result>(thread: number, request: (remote: RemoteLayers) => Promise<Result>): Promise<Answer<Result>> {
    let answered: Answer<Result> = { ok: false, lost: true, reason: 'it was ended' };
    await this.hands[thread].run<null, { readonly result: Result }>({
      tasks: [null],
      work: async (remote) => ({ result: await request(remote) }),
      deliver: (answer) => {
        answered = answer.ok ? { ok: true, value: answer.value.result } : answer;
      },
    });
    return answered;
  }

  /** Ends all of them; calls that wait are told so. */
  close(): void {
    for (const hand of this.hands) hand.close();
  }
}
