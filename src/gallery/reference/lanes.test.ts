/**
 * The reference problems two at a time in the lanes of a batch, against the same solver alone: every status, and every
 * solution that converged, with every operation rounded and with multiply-adds fused.
 */
import { expect, it } from 'vitest';
import { BatchSolver } from '../../batch';
import { offerFused } from '../../kernel/testing';
import type { Inputs, Solution } from '../../solver';
import { gap } from './compare';
import { readReference } from './read';
import { compared, inputsAt, solverOf } from './solver';

const AGREEMENT = 1e-10;
const settings = { tolerance: 1e-10 };

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

const cases = compared.map(([name, entry]) => {
  const alone = solverOf(entry);
  return { name, alone, rounded: BatchSolver.compile(alone.problem) };
});
const offered = offerFused();

it.each(cases)('$name', ({ name, alone, rounded }) => {
  const instances = instancesOf(name, alone);
  const expected = instances.map((inputs) => alone.solve(inputs, settings));
  const batches = offered ? [rounded, BatchSolver.compile(alone.problem)] : [rounded];
  for (const batch of batches) {
    const solutions = inLanes(batch, instances);
    expect(solutions.map(({ status }) => status)).toEqual(expected.map(({ status }) => status));
    expected.forEach((solution, i) => {
      if (solution.status !== 'converged') return;
      const { x, u, costates, objective } = solutions[i];
      expect(gap(x, solution.x)).toBeLessThanOrEqual(AGREEMENT);
      expect(gap(u, solution.u)).toBeLessThanOrEqual(AGREEMENT);
      expect(gap(costates, solution.costates)).toBeLessThanOrEqual(AGREEMENT);
      expect(gap([objective], [solution.objective])).toBeLessThanOrEqual(AGREEMENT);
    });
  }
});
