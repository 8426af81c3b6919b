/** A fresh worker for experiments. */

/** Opening an experiment, or a step of one, takes less; beyond it something hangs. */
export const limitMs = 60_000;

export function startLearner(): Worker {
  return new Worker(new URL('./learn.worker.ts', import.meta.url), { type: 'module', name: 'costate-learn' });
}
