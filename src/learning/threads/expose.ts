/** A thread of layers, in the page and in Node: the last line of a worker's own file. */
import * as Comlink from 'comlink';
import { type CompileLayer, type LayerService, LayerWorker } from './layerWorker';

/** `endpoint`: in the page left out, in Node the parent's port. */
export function exposeLayers(compile: CompileLayer, endpoint?: Comlink.Endpoint): void {
  const worker = new LayerWorker(compile);
  const service: LayerService = {
    open: (key, text, options) => worker.open(key, text, options),
    forward(key, part) {
      const solved = worker.forward(key, part);
      const moved = [...Object.values(solved.outputs), solved.converged, solved.points.present, solved.points.values];
      return Comlink.transfer(
        solved,
        moved.map(({ buffer }) => buffer as ArrayBuffer),
      );
    },
    pullback(key, part) {
      const gradient = worker.pullback(key, part);
      return Comlink.transfer(gradient, [gradient.inputs.buffer as ArrayBuffer]);
    },
    forget: (key) => worker.forget(key),
    close: (key) => worker.close(key),
  };
  Comlink.expose(service, endpoint);
}
