/** A thread of `costate sweep`. */
import { parentPort } from 'node:worker_threads';
import { exposeSweeps } from '../batch';
import { endpoint } from '../batch/pool/node';
import { compileText } from '../language';

if (!parentPort) throw new Error('this is a thread of the command line, not a program');
exposeSweeps((text) => {
  const compiled = compileText(text);
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message ?? 'the text is wrong');
  return compiled.problem;
}, endpoint(parentPort));
