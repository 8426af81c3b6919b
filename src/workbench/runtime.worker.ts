/** The worker's end of the runtime: one engine behind comlink. */
import * as Comlink from 'comlink';
import { typeset } from '../language';
import { Engine } from './engine';
import type { Drawn, Job, Picture, Reply, WorkerInterface } from './protocol';
import { writeValues } from './write-values';

const engine = new Engine();

const worker: WorkerInterface = {
  run(job: Job): Reply {
    const reply = engine.run(job);
    return reply.ok ? Comlink.transfer(reply, buffersOf(reply.picture)) : reply;
  },
  iterate: (job, index) => engine.iterate(job, index),
  examine: (job) => engine.examine(job),
  study: (job, kind, ranges) => engine.study(job, kind, ranges),
  check: (job, column) => engine.check(job, column),
  follow: (job, column, from) => engine.follow(job, column, from),
  radius: (job, question) => engine.radius(job, question),
  typeset,
  write: writeValues,
};

/** What is moved rather than copied. Every array of a picture owns its buffer. */
function buffersOf({ prediction, sensitivities, ...picture }: Picture): ArrayBufferLike[] {
  const arrays = [picture.solution.t, ...arraysOf(picture), ...(prediction ? arraysOf(prediction) : [])];
  if (sensitivities) {
    const { dx, du, dalgebraics, dcostates, dobjective } = sensitivities;
    arrays.push(dx, du, dalgebraics, dcostates, dobjective);
  }
  return [...new Set(arrays.map(({ buffer }) => buffer))];
}

function arraysOf({ solution, constraints, multipliers }: Drawn): Float64Array[] {
  const { x, u, algebraics, costates } = solution;
  const values = constraints.map((constraint) => constraint.values);
  return [x, u, algebraics, costates, ...values, ...multipliers.flatMap((kinds) => Object.values(kinds))];
}

Comlink.expose(worker);
