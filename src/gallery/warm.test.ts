/**
 * Starts from the solution before the parameters changed: as it stands, and as its derivatives predict it. Neither may take
 * more than 4/3 of the iterations from the guess of the text.
 */
import { describe, expect, it } from 'vitest';
import { distance } from '../problem/testing';
import { DifferentiableSolver, predict, simpleBounds } from '../sensitivity';
import type { Inputs } from '../solver';
import { gallery } from '.';
import { problemOf } from './testing/compiled';

/** A change that makes the optimal cost this many times larger leaves another problem: a plant that is hardly controllable. */
const ANOTHER = 10;

/** As far as the sliders go. */
const within = (value: number, [least, most]: readonly [number, number]): number =>
  Math.min(Math.max(value, least), most);

/** Both ways, and every other parameter the other way. */
const patterns = [() => 1, () => -1, (j: number) => (j % 2 ? -1 : 1), (j: number) => (j % 2 ? 1 : -1)];

describe.each(gallery.map(({ name, text }) => [name, text] as const))('%s', (_, text) => {
  const problem = problemOf(text);
  const solver = DifferentiableSolver.compile(problem, { method: 'interior-point' });
  const initial = new Float64Array(problem.states.length).fill(Number.NaN);
  const at = (parameters: Float64Array): Inputs => ({ parameters, initial });
  const nominal = Float64Array.from(problem.parameters, ({ value }) => value);

  it.each([0.01, 0.1])('after a change of the parameters by the share %d', (share) => {
    for (const sign of patterns) {
      const changed = Float64Array.from(problem.parameters, ({ value, range }, j) =>
        within(value * (1 + share * sign(j)), range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]),
      );
      const cold = solver.solve(at(changed));
      const before = solver.solve(at(nominal));
      expect(before.status).toBe('converged');
      if (cold.status !== 'converged' || cold.objective > ANOTHER * Math.abs(before.objective)) continue;
      const change = solver.sensitivities();
      const moves = change.columns.map((_, j) => (j < nominal.length ? changed[j] - nominal[j] : 0));
      const near = predict(before, change, moves, { clip: simpleBounds(problem, changed) });
      const warm = solver.solve(at(changed), {}, { warm: true });
      solver.solve(at(nominal));
      const predicted = solver.solve(at(changed), {}, { near, warm: true });
      for (const { status, iterations } of [warm, predicted]) {
        expect(status).toBe('converged');
        expect(iterations).toBeLessThanOrEqual((4 / 3) * cold.iterations);
      }
    }
  });

  it('takes no more iterations where the derivatives were asked for, and ends at the same solution', () => {
    const steps = nominal.map((value, j) => {
      const moved = within(value * 1.01, problem.parameters[j].range ?? [value, value * 1.01]);
      return moved - value;
    });
    const count = { with: 0, without: 0 };
    steps.forEach((step, j) => {
      const changed = nominal.map((value, i) => (i === j ? value + step : value));
      solver.solve(at(nominal));
      const without = solver.solve(at(changed), {}, { warm: true });
      solver.solve(at(nominal));
      solver.sensitivities();
      const after = solver.solve(at(changed), {}, { warm: true });
      expect(after.status).toBe('converged');
      expect(distance(after.x, without.x)).toBeLessThan(1e-7);
      count.without += without.iterations;
      count.with += after.iterations;
    });
    expect(count.with).toBeLessThanOrEqual(count.without);
  });
});
