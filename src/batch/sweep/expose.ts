/** A thread of the pool, in the page and in Node: the last line of a worker's own file. */
import * as Comlink from 'comlink';
import { buffersOf, type Compile, type SweepService, SweepWorker } from './sweepWorker';

/** `endpoint`: in the page left out, in Node the parent's port. */
export function exposeSweeps(compile: Compile, endpoint?: Comlink.Endpoint): void {
  const worker = new SweepWorker(compile);
  const service: SweepService = {
    open: (key, setup, code) => worker.open(key, setup, code),
    code: (key) => worker.code(key),
    solve(key, chunk, stop) {
      const columns = worker.solve(key, chunk, stop);
      return columns && Comlink.transfer(columns, buffersOf(columns));
    },
    close: (key) => worker.close(key),
  };
  Comlink.expose(service, endpoint);
}
