/**
 * How fast this machine runs simple WebAssembly just now: scalar multiply-adds x <- a x + b in four independent chains,
 * written in the kernel language. Times divided by it compare across machines, and across busy and idle moments of one.
 */
import { instantiate, Program } from '../../src/kernel';
import { type Effort, measure, type Timing, timed } from './measure';

const CHAINS = 4;
const STEPS = 25_000;

/** Multiply-adds in one run. */
export const MULTIPLY_ADDS = CHAINS * STEPS;

const effort: Effort = { warmUpMs: 100, budgetMs: 100, leastRuns: 20, mostRuns: 1000 };

function define(): () => void {
  const program = new Program();
  const values = program.buffer('values', CHAINS);
  program.procedure('yardstick', () => {
    const chains = Array.from({ length: CHAINS }, (_, i) => program.variable(values.at(i)));
    program.for(0, STEPS, () => {
      for (const x of chains) x.set(x.times(0.999).plus(0.001));
    });
    chains.forEach((x, i) => values.at(i).set(x));
  });
  const executable = instantiate(program.module());
  return () => executable.run('yardstick');
}

const run = define();

export function yardstick(): Timing {
  return measure(() => timed(run), effort);
}
