/** The optimality report against independent solutions: LICQ, the reduced Hessian, strict complementarity. */
import { describe, expect, it } from 'vitest';
import { readReference } from './read';
import { readSolutions } from './solutions';
import { compared, inputsAt, solverOf, startNear } from './solver';

/** Hundreds of variables: seconds of dense linear algebra a point. */
const large = ['chain-3-masses', 'quadrotor-point-to-point'];

describe.each(compared.filter(([name]) => !large.includes(name)))('%s', (name, entry) => {
  const solver = solverOf(entry);
  const points = readSolutions(name).map((point) => [point.label, point] as const);

  it.each(points)('%s', (label, reference) => {
    const inputs = inputsAt(solver, readReference(name), label);
    expect(solver.solve(inputs, { tolerance: 1e-10 }, startNear(solver, reference)).status).toBe('converged');
    const report = solver.optimality();
    expectClose(report.licq, reference.licqMinSingularValue);
    expectClose(report.reducedHessian, reference.reducedHessianMinEigenvalue);
    // The barrier leaves a little of both where a slack and its multiplier are zero.
    expectClose(report.strictComplementarity, reference.strictComplementarity, 1e-6);
  });
});

function expectClose(mine: number | null, theirs: number | null, absolute = 0): void {
  expect(mine === null).toBe(theirs === null);
  if (mine !== null && theirs !== null)
    expect(Math.abs(mine - theirs)).toBeLessThanOrEqual(1e-6 * Math.abs(theirs) + absolute);
}
