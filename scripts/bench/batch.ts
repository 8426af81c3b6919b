/** Many instances of one problem on one core: one after the other, and two at a time in lanes. */
import { readFileSync } from 'node:fs';
import { BatchSolver } from '../../src/batch';
import type { DifferentiableSolver } from '../../src/sensitivity';
import type { Inputs } from '../../src/solver';
import { type Effort, measure, type Timing, timed } from './measure';

export interface BatchResult {
  readonly instances: number;
  /** Of the instances. */
  readonly converged: number;
  readonly iterations: number;
  /** Solves a second. */
  readonly alone: number;
  readonly inLanes: number;
  readonly times: { readonly alone: Timing; readonly inLanes: Timing };
}

const INSTANCES = 40;
const SPREAD = 0.02;
const effort: Effort = { warmUpMs: 400, budgetMs: 1200, leastRuns: 5, mostRuns: 200 };

/** `starts`: initial states, one after the other, each an instance; else parameters around those of the text. */
export function benchBatch(solver: DifferentiableSolver, starts: readonly (readonly number[])[] | null): BatchResult {
  const { problem } = solver;
  const parameters = Float64Array.from(problem.parameters, ({ value }) => value);
  const initial = new Float64Array(problem.states.length).fill(Number.NaN);
  const instances: Inputs[] = starts
    ? starts.map((start) => ({ parameters, initial: Float64Array.from(start) }))
    : Array.from({ length: INSTANCES }, (_, i) => ({
        parameters: parameters.map((value, j) => value * (1 + SPREAD * Math.sin(1 + 2 * i + 3 * j))),
        initial,
      }));
  const batch = BatchSolver.compile(problem, solver.method);
  let converged = 0;
  let iterations = 0;
  const alone = measure(
    () =>
      timed(() => {
        for (const inputs of instances) solver.solve(inputs);
      }),
    effort,
  );
  const inLanes = measure(
    () =>
      timed(() => {
        [converged, iterations] = [0, 0];
        for (const { solution } of batch.solve(instances)) {
          if (solution.status === 'converged') converged++;
          iterations += solution.iterations;
        }
      }),
    effort,
  );
  const rate = ({ median }: Timing): number => (1e3 * instances.length) / median;
  return {
    instances: instances.length,
    converged,
    iterations,
    alone: rate(alone),
    inLanes: rate(inLanes),
    times: { alone, inLanes },
  };
}

/** Initial states from a JSON file, an array of arrays. */
export function readStarts(file: string): readonly (readonly number[])[] {
  return JSON.parse(readFileSync(file, 'utf8'));
}
