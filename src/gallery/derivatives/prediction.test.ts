/** Predictions against re-solved problems, bounds of single variables, and directions against dense algebra. */
import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { distance, largest } from '../../problem/testing';
import {
  changesBetween,
  DifferentiableSolver,
  directions,
  predict,
  QuadraticPredictor,
  simpleBounds,
} from '../../sensitivity';
import { problemOf } from '../testing/compiled';

const text = `
parameter goal = 1
parameter push = 0.8
parameter pace = 2
state x = 0
state v = 0
control u in [-push, push]
dynamics
  x' = v
  v' = u - 0.2*v^3
minimize
  integral (x - goal)^2 + 0.1*u^2 + 0.1*v^2
subject to
  fast on 1..8: v <= 0.9*pace
  near on 2..7: x <= 3
  far on 5..7: x <= 2*goal
  soon on 3..8: x >= 0.01 soft(l1 = 1, l2 = 1)
horizon 2 s in 8 steps, rk4
`;

const problem = problemOf(text);
const solver = DifferentiableSolver.compile(problem);
const nominal = Float64Array.from(problem.parameters, ({ value }) => value);

function at(parameters: Float64Array) {
  const solution = solver.solve({ parameters, initial: new Float64Array(2).fill(Number.NaN) }, { tolerance: 1e-11 });
  expect(solution.status).toBe('converged');
  return solution;
}

describe('the prediction', () => {
  it('is off by the square of the change', () => {
    const solution = at(nominal);
    const sensitivities = solver.sensitivities();
    const errors = [1e-2, 1e-3].map((size) => {
      const change = Float64Array.of(size, -size, size, 0, 0);
      const predicted = predict(solution, sensitivities, change);
      const there = at(nominal.map((p, j) => p + change[j]));
      return distance(
        [...predicted.x, ...predicted.u, ...predicted.costates, predicted.objective],
        [...there.x, ...there.u, ...there.costates, there.objective],
      );
    });
    expect(errors[0]).toBeLessThan(1e-3);
    expect(errors[0]).toBeGreaterThan(1e-7);
    expect(errors[1]).toBeLessThan(2e-2 * errors[0]);
  });

  it('is the solution where nothing changes', () => {
    const solution = at(nominal);
    const predicted = predict(solution, solver.sensitivities(), new Float64Array(5));
    expect([predicted.x, predicted.u, predicted.costates]).toEqual([solution.x, solution.u, solution.costates]);
    expect(predicted.constraints.map(({ upper }) => upper)).toEqual(solution.constraints.map(({ upper }) => upper));
  });

  it.each([
    { goal: 1.5, push: 0.1 },
    { goal: -0.9, push: -0.1 },
  ])('with $goal more of the goal is held to the bounds there on request', ({ goal, push }) => {
    const solution = at(nominal);
    const change = Float64Array.of(goal, push, 0, 0, 0);
    const there = nominal.map((p, j) => p + change[j]);
    const free = predict(solution, solver.sensitivities(), change);
    const clipped = predict(solution, solver.sensitivities(), change, { clip: simpleBounds(problem, there) });
    const bound = there[1];
    const multipliers = (prediction: typeof free): number[] =>
      prediction.constraints.flatMap(({ lower, upper }) => [...(lower ?? []), ...(upper ?? [])]);
    // Each of the two would break one of what is kept.
    if (goal > 0) expect(Math.max(...free.u)).toBeGreaterThan(bound + 1e-3);
    else expect(Math.min(...multipliers(free))).toBeLessThan(-1e-3);
    expect([...clipped.u]).toEqual([...free.u].map((value) => Math.min(bound, Math.max(-bound, value))));
    expect(multipliers(clipped)).toEqual(multipliers(free).map((value) => Math.max(0, value)));
  });
});

describe('the prediction by a quadratic program', () => {
  const predictor = new QuadraticPredictor(problem);
  const initial = new Float64Array(2).fill(Number.NaN);
  const moved = (goal: number, push: number): Float64Array => nominal.map((p, j) => p + ([goal, push][j] ?? 0));

  it('is the tangent up to the square of the change, in a range of the active set', () => {
    const solution = at(nominal);
    const sensitivities = solver.sensitivities();
    const apart = [1e-2, 1e-3].map((size) => {
      const quadratic = predictor.predict(solution, { parameters: moved(size, -size), initial });
      const linear = predict(solution, sensitivities, Float64Array.of(size, -size, 0, 0, 0));
      return distance([...quadratic.x, ...quadratic.u], [...linear.x, ...linear.u]);
    });
    expect(apart[0]).toBeLessThan(1e-3);
    expect(apart[1]).toBeLessThan(2e-2 * apart[0] + 1e-8);
  });

  it.each([
    [1.5, 0.1],
    [-0.9, -0.1],
    [0.4, -0.3],
  ])('goes on where the active set changes: goal %d, push %d', (goal, push) => {
    const solution = at(nominal);
    const sensitivities = solver.sensitivities();
    const parameters = moved(goal, push);
    const clip = simpleBounds(problem, parameters);
    const clipped = predict(solution, sensitivities, Float64Array.of(goal, push, 0, 0, 0), { clip });
    const quadratic = predictor.predict(solution, { parameters, initial });
    const there = at(parameters);
    const error = (prediction: typeof clipped): number =>
      distance([...prediction.x, ...prediction.u], [...there.x, ...there.u]);
    expect(changesBetween(solution, there)).not.toEqual([]);
    expect(error(quadratic)).toBeLessThan(0.5 * error(clipped));
    expect(Math.max(...quadratic.u)).toBeLessThan(parameters[1] + 1e-6);
  });
});

describe('bounds of single variables', () => {
  const bounds = simpleBounds(problem, Float64Array.of(1, 0.5, 2));

  it('are evaluated at the parameters, the tighter one counting', () => {
    expect([...bounds.u.lower]).toEqual(new Array(8).fill(-0.5));
    expect([...bounds.u.upper]).toEqual(new Array(8).fill(0.5));
    const ofStage = (i: number) => Array.from({ length: 9 }, (_, k) => bounds.x.upper[k * 2 + i]);
    const none = Number.POSITIVE_INFINITY;
    expect(ofStage(0)).toEqual([none, none, 3, 3, 3, 2, 2, 2, none]);
    expect(ofStage(1)).toEqual([none, ...new Array(8).fill(1.8)]);
  });

  it('are not those of soft constraints', () => {
    expect(new Set(bounds.x.lower)).toEqual(new Set([Number.NEGATIVE_INFINITY]));
  });
});

describe('directions', () => {
  const trajectory = at(nominal);
  const sensitivities = solver.sensitivities();
  const count = sensitivities.columns.length;
  const scale = { values: [1, 0.8, 2, 1, 1], ranges: [2, 1, 4, 2, 2], trajectory };

  it.each(['absolute', 'relative', 'range'] as const)('diagonalise the %s sensitivities', (scaling) => {
    const found = directions(sensitivities, { ...scale, scaling });
    expect(found.singularValues).toEqual([...found.singularValues].sort((a, b) => b - a));
    const factors = { absolute: [1, 1, 1, 1, 1], relative: scale.values, range: scale.ranges }[scaling];
    const sizeOf = (values: Float64Array): number => (scaling === 'absolute' ? 1 : largest(values));
    const rows = [[sensitivities.dx, trajectory.x] as const, [sensitivities.du, trajectory.u] as const].flatMap(
      ([d, values]) =>
        Array.from(values, (_, i) => factors.map((factor, j) => (d[i * count + j] * factor) / sizeOf(values))),
    );
    const S = new Matrix(rows);
    const V = new Matrix(found.vectors.map((vector) => [...vector])).transpose();
    const identity = V.transpose().mmul(V);
    const squares = V.transpose().mmul(S.transpose().mmul(S)).mmul(V);
    const expected = Matrix.diag(found.singularValues.map((value) => value ** 2));
    expect(distance(identity.to1DArray(), Matrix.eye(count).to1DArray())).toBeLessThan(1e-10);
    expect(distance(squares.to1DArray(), expected.to1DArray())).toBeLessThan(1e-10);
  });

  it('that nothing answers to have the value zero', () => {
    // The pace is never reached: it is one of the directions, with nothing of the others in it.
    const { singularValues, vectors } = directions(sensitivities, { ...scale, scaling: 'absolute' });
    expect(singularValues[count - 1]).toBeLessThan(1e-6 * singularValues[0]);
    const pace = sensitivities.columns.indexOf('pace');
    expect(Math.abs(vectors[count - 1][pace])).toBeCloseTo(1, 6);
  });
});
