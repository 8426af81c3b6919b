/** A worker that lives in the same thread. */
import * as Comlink from 'comlink';
import type { WorkerInterface } from '../protocol';

export class FakeWorker extends EventTarget {
  readonly ports = new MessageChannel();
  ended = false;

  constructor(readonly implementation: Partial<WorkerInterface>) {
    super();
    Comlink.expose(implementation, this.ports.port2);
    this.ports.port1.addEventListener('message', ({ data }) =>
      this.dispatchEvent(new MessageEvent('message', { data })),
    );
    this.ports.port1.start();
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.ports.port1.postMessage(message, transfer);
  }

  terminate(): void {
    this.ended = true;
    this.ports.port1.close();
  }
}
