/** Workers of Node: the same protocol as in the page, over worker_threads. */
import { availableParallelism } from 'node:os';
import type { MessagePort, Worker } from 'node:worker_threads';
import * as Comlink from 'comlink';
import type { Connection } from './connection';

export function connectThread<Implementation>(worker: Worker): Connection<Comlink.Remote<Implementation>> {
  const lost = new Promise<string>((resolve) => {
    worker.on('error', ({ message }) => resolve(message));
    worker.on('messageerror', ({ message }) => resolve(message));
    worker.on('exit', (code) => resolve(`it ended with code ${code}`));
  });
  return { remote: Comlink.wrap<Implementation>(endpoint(worker)), lost, end: () => void worker.terminate() };
}

/** The port of Node in the form that comlink takes. */
export function endpoint(port: MessagePort | Worker): Comlink.Endpoint {
  const wrapped = new Map<unknown, (data: unknown) => void>();
  return {
    postMessage: (message, transfer) => port.postMessage(message, transfer as never),
    addEventListener: (_, listener) => {
      const handle = (data: unknown): void => {
        const event = { data } as MessageEvent;
        if (typeof listener === 'function') listener(event);
        else listener.handleEvent(event);
      };
      wrapped.set(listener, handle);
      port.on('message', handle);
    },
    removeEventListener: (_, listener) => {
      const handle = wrapped.get(listener);
      if (handle) port.off('message', handle);
      wrapped.delete(listener);
    },
  };
}

/** One worker for each core: the thread that asks has nothing to do but wait. */
export const nodeWorkers = (): number => availableParallelism();
