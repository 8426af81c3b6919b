/** Iterations from the guess of the text, against those of IPOPT from the same guess: at most 1.2 times as many, and three. */
import { describe, expect, it } from 'vitest';
import { readReference } from './read';
import { readSolutions } from './solutions';
import { compared, inputsAt, solverOf } from './solver';

const allowed = (iterations: number): number => Math.floor(1.2 * iterations + 3);

describe.each(compared)('%s', (name, entry) => {
  const solver = solverOf(entry);
  const reference = readReference(name);
  const points = readSolutions(name).map(({ label, iterations }) => [label, iterations] as const);

  it.each(points)('%s', (label, theirs) => {
    const { status, iterations } = solver.solve(inputsAt(solver, reference, label));
    expect(status).toBe('converged');
    expect(iterations).toBeLessThanOrEqual(allowed(theirs));
  });
});
