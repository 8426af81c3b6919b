/** Who solves the instances of a batch. */
import { BatchSolver } from '../batch';
import type { Problem } from '../problem';
import {
  compileSolver,
  type Inputs,
  type MethodOptions,
  type PrimalDual,
  type Settings,
  type Solution,
} from '../solver';
import type { VisitedSolver } from './visited';

export interface Instance {
  readonly inputs: Inputs;
  /** Where to start; null: at the problem's guess. */
  readonly near: PrimalDual | null;
  /** Whether to start one stage on. */
  readonly shift: boolean;
}

/** A solution for every instance, in their order. */
export type SolveBatch = (instances: readonly Instance[], settings: Settings) => readonly Solution[];

/**
 * On this thread: instances with a start one after the other, the others in lanes. A real-time iteration without a sample
 * before it has nothing to go on from, and is a full solve by `visited` instead.
 */
export function plainSolve(problem: Problem, method: MethodOptions, visited: VisitedSolver): SolveBatch {
  const interior = method.method === 'interior-point';
  const other = interior ? null : compileSolver(problem, method);
  const realTime = method.method === 'rti';
  let lanes: BatchSolver | null = null;

  const fromStart: (instance: Instance, settings: Settings) => Solution = ({ inputs, near, shift }, settings) => {
    const start = near ? { near, shift } : {};
    if (!other || (realTime && !near)) return visited.solve(inputs, settings, start);
    return realTime
      ? other.solve(inputs, { ...settings, maxIterations: 1 }, { ...start, once: true })
      : other.solve(inputs, settings, start);
  };

  return (instances, settings) => {
    const cold = instances.filter(({ near }) => !near);
    if (!interior || cold.length < 2) return instances.map((instance) => fromStart(instance, settings));
    lanes ??= BatchSolver.compile(problem, method);
    const together: Solution[] = [];
    for (const { index, solution } of lanes.solve(
      cold.map(({ inputs }) => inputs),
      settings,
    ))
      together[index] = solution;
    let next = 0;
    return instances.map((instance) => (instance.near ? fromStart(instance, settings) : together[next++]));
  };
}
