/** The parts of a page's worker that a connection uses, in this thread. */
export class PortWorker extends EventTarget {
  private readonly ports = new MessageChannel();
  /** What was moved into it, and what it has answered. */
  readonly given: Transferable[] = [];
  readonly taken: unknown[] = [];

  /** `expose`: what the worker does at its end of the line. */
  constructor(expose: (port: MessagePort) => void) {
    super();
    expose(this.ports.port2);
    this.ports.port1.addEventListener('message', ({ data }) => {
      this.taken.push(data);
      this.dispatchEvent(new MessageEvent('message', { data }));
    });
    this.ports.port1.start();
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.given.push(...transfer);
    this.ports.port1.postMessage(message, transfer);
  }

  /** As a worker that goes of itself. */
  crash(message: string): void {
    this.terminate();
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }

  terminate(): void {
    this.ports.port1.close();
  }
}
