/** A thread of a layer. */
import { parentPort } from 'node:worker_threads';
import { endpoint } from '../batch/pool/node';
import { knownProblem } from '../language';
import { exposeLayers } from '../learning';

if (!parentPort) throw new Error('this is a thread of a layer, not a program');
exposeLayers(knownProblem, endpoint(parentPort));
