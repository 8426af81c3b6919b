/** The threads of a layer in Node. */
import { connectThread, nodeWorkers } from '../batch/pool/node';
import { type LayerService, LayerThreads } from '../learning';
import { codeOf, startThread } from './threads';

/** `threads` null: one for each core. They start when they are first needed, and are to be ended with `close`. */
export async function layerThreads(threads: number | null): Promise<LayerThreads> {
  const code = await codeOf('./layer.worker.ts');
  return new LayerThreads(threads ?? nodeWorkers(), () => connectThread<LayerService>(startThread(code)));
}
