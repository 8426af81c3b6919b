/** Large affine dynamics and quadratic costs, which are evaluated by products, have the values of their text. */
import { expect, it } from 'vitest';
import { compileText } from '../language';
import { compileSolver } from '../solver';

const N = 6;
const NX = 7;
const entry = (i: number, j: number): string => Math.sin(3 * i + 5 * j + 1).toFixed(3);
const matrix = (rows: number, columns: number): string =>
  `[${Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => entry(i, j)).join(', ')).join('; ')}]`;
const text = `
title "Dense and affine"
parameter A = ${matrix(NX, NX)}
parameter B = ${matrix(NX, 2)}
parameter W = ${matrix(NX, NX)}
signal d = sin(time + 1)
state x[${NX}] = [1; 2; 3; 4; 5; 6; 7]
control u[2]
dynamics
  x+ = A*x + B*u + [d; 1; d; 2; 0; 0; d*d]
minimize
  sum sumsq(W*x) + sumsq(u) + 3*x[1] - d*u[2] + 5
  terminal sumsq(x) + x[2]
horizon ${N} s in ${N} steps, rk1
`;

it('objective, gradient of the cost and defects are those of the evaluation entry by entry', () => {
  const compiled = compileText(text);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled));
  const { problem } = compiled;
  const solver = compileSolver(problem);
  expect(solver.workspace.tiled).toBe(true);
  const parameters = Float64Array.from(problem.parameters, ({ value }) => value);
  solver.setInputs({ parameters, initial: new Float64Array(NX).fill(Number.NaN) });
  const { executable } = solver;
  const point = executable.buffer('point');
  const objectiveAt = (z: Float64Array): number => {
    executable.buffer('trial.point').set(z);
    executable.run('evaluate');
    return executable.buffer('stageCost').reduce((sum, cost) => sum + cost);
  };
  const z = Float64Array.from(point, (_, i) => Math.cos(i));
  point.set(z);
  executable.run('linearise');
  const objective = executable.buffer('stageCost').reduce((sum, cost) => sum + cost);
  expect(objective).toBeCloseTo(objectiveAt(z), 9);
  const [found, expected] = [executable.buffer('residual.dynamics'), executable.buffer('trial.dynamics')];
  found.forEach((defect, i) => {
    expect(defect).toBeCloseTo(expected[i], 10);
  });
  const gradient = executable.buffer('costGradient').slice();
  for (const i of [0, 3, NX + 1, NX + 2 + 4, N * (NX + 2) + 1]) {
    const moved = (by: number): number => objectiveAt(z.map((value, j) => (j === i ? value + by : value)));
    expect(gradient[i]).toBeCloseTo(moved(0.5) - moved(-0.5), 8);
  }
});
