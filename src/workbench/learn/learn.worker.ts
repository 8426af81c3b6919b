/** The worker's end of learning: one experiment behind comlink. */
import * as Comlink from 'comlink';
import { connectWorker } from '../../batch';
import { type LayerService, LayerThreads } from '../../learning';
import { Trainer } from './trainer';

const startLayer = (): Worker =>
  new Worker(new URL('./layer.worker.ts', import.meta.url), { type: 'module', name: 'costate-layer' });

/** Some browsers have no workers of workers. */
const startThreads = (count: number): LayerThreads | null =>
  typeof Worker === 'undefined' ? null : new LayerThreads(count, () => connectWorker<LayerService>(startLayer()));

Comlink.expose(new Trainer(startThreads));
