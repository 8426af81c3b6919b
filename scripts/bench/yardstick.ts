/**
 * The most that WebAssembly does on this machine just now: multiply-adds x <- a x + b in chains that do not wait for each
 * other, as many as there are registers for, of scalars and of vectors of two; fused where the engine does that. Times
 * beside it compare across machines, and across busy and idle moments of one.
 */
import { compileLanes, instantiate, instantiateLanes, Program } from '../../src/kernel';
import { type Effort, measure, timed } from './measure';
import type { Peak } from './schema';

const CHAINS = 12;
const STEPS = 10_000;
const BOTH = 3;
const OPERATIONS = 2 * CHAINS * STEPS;

const program = new Program();
const values = program.buffer('values', CHAINS);
program.procedure('yardstick', () => {
  const [a, b] = [program.let(values.at(0).times(0).plus(0.999)), program.let(values.at(1).times(0).plus(0.001))];
  const chains = Array.from({ length: CHAINS }, (_, i) => program.variable(values.at(i)));
  program.for(0, STEPS, () => {
    for (const x of chains) x.set(x.times(a).plus(b));
  });
  chains.forEach((x, i) => values.at(i).set(x));
});
const module = program.module();
const scalar = instantiate(module);
const vector = instantiateLanes(module, compileLanes(module));

/** In 1e9 floating-point operations a second, of the quickest of many runs. */
export function yardstick(effort: Effort = { warmUpMs: 30, budgetMs: 30, leastRuns: 20, mostRuns: 1000 }): Peak {
  const quickest = (run: () => void): number => measure(() => timed(run), effort).least;
  return {
    scalar: OPERATIONS / quickest(() => scalar.run('yardstick')) / 1e6,
    vector: (2 * OPERATIONS) / quickest(() => vector.run(BOTH, 'yardstick')) / 1e6,
  };
}
