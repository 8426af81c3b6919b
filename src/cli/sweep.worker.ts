/** A thread of `costate sweep`. */
import { parentPort } from 'node:worker_threads';
import { exposeSweeps } from '../batch';
import { endpoint } from '../batch/pool/node';
import { knownProblem } from '../language';

if (!parentPort) throw new Error('this is a thread of the command line, not a program');
exposeSweeps(knownProblem, endpoint(parentPort));
