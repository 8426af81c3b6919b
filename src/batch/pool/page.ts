/** Workers of the page. */
import * as Comlink from 'comlink';
import type { Connection } from './connection';

export function connectWorker<Implementation>(worker: Worker): Connection<Comlink.Remote<Implementation>> {
  const lost = new Promise<string>((resolve) => {
    worker.addEventListener('error', ({ message }) => resolve(message || 'it could not be started'));
    worker.addEventListener('messageerror', () => resolve('a message could not be read'));
  });
  return { remote: Comlink.wrap<Implementation>(worker), lost, end: () => worker.terminate() };
}

/** One worker for each core but the one that the page itself runs on. */
export const pageWorkers = (): number => Math.max(1, navigator.hardwareConcurrency - 1);
