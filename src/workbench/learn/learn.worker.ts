/** The worker's end of learning: one experiment behind comlink. */
import * as Comlink from 'comlink';
import { Trainer } from './trainer';

Comlink.expose(new Trainer());
