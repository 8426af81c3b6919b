/** Reference problems two at a time in the lanes of a batch, against the same solver alone. */
import { expect } from 'vitest';
import { BatchSolver } from '../../batch';
import type { Inputs, Solution } from '../../solver';
import type { GalleryEntry } from '..';
import { gap } from './compare';
import { readReference } from './read';
import { inputsAt, solverOf } from './solver';

/** Both end within the tolerance of the solution, though not at the same point there. */
const AGREEMENT = 1e-10;
/** Costates and objectives no larger than this are zero but for rounding. */
const NEGLIGIBLE = 1e-5;
const settings = { tolerance: 1e-12 };

/** Every point of the reference, and between them points with all parameters a little off. */
function instancesOf(name: string, solver: ReturnType<typeof solverOf>): Inputs[] {
  const reference = readReference(name);
  return reference.points.flatMap(({ label }, i) => {
    const inputs = inputsAt(solver, reference, label);
    const off = inputs.parameters.map((value, j) => value * (1 + 0.02 * Math.sin(1 + i + 3 * j)));
    return [inputs, { ...inputs, parameters: off }];
  });
}

function inLanes(batch: BatchSolver, instances: readonly Inputs[]): Solution[] {
  const solutions: Solution[] = [];
  for (const { index, solution } of batch.solve(instances, settings)) solutions[index] = solution;
  return solutions;
}

/** The same statuses, and the same solutions where they converge. */
export function expectAlike(name: string, entry: GalleryEntry): void {
  const alone = solverOf(entry);
  const instances = instancesOf(name, alone);
  const expected = instances.map((inputs) => alone.solve(inputs, settings));
  const solutions = inLanes(BatchSolver.compile(alone.problem), instances);
  expect(solutions.map(({ status }) => status)).toEqual(expected.map(({ status }) => status));
  expected.forEach((solution, i) => {
    if (solution.status !== 'converged') return;
    const { x, u, costates, objective } = solutions[i];
    expect(gap(x, solution.x)).toBeLessThanOrEqual(AGREEMENT);
    expect(gap(u, solution.u)).toBeLessThanOrEqual(AGREEMENT);
    expect(gap(costates, solution.costates, NEGLIGIBLE)).toBeLessThanOrEqual(AGREEMENT);
    expect(gap([objective], [solution.objective], NEGLIGIBLE)).toBeLessThanOrEqual(AGREEMENT);
  });
}
