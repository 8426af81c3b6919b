/** A start into the kernel's memory: a trajectory, or the whole primal-dual point. */
import type { Executable } from '../kernel';
import type { ConstraintPlaces } from './constraintLayout';
import { procedures } from './methodState';
import type { PrimalDual, Trajectory } from './solution';
import type { Path } from './stagePoint';
import type { Workspace } from './workspace';

/** x and u into the iterate's point; algebraic variables stay as they are. */
export function writeTrajectory({ nx, nz, N, stages }: Workspace, kernel: Executable, { x, u }: Trajectory): void {
  const nu = stages.problem.controls.length;
  writeColumns(kernel.buffer('point'), nz, 0, nx, x, N + 1);
  writeColumns(kernel.buffer('point'), nz, nx, nu, u, N);
}

/** x, u and algebraic variables into the iterate's point. */
export function writePoint(w: Workspace, kernel: Executable, path: Path): void {
  const { nx, nz, N } = w;
  const nu = w.stages.problem.controls.length;
  writeTrajectory(w, kernel, path);
  writeColumns(kernel.buffer('point'), nz, nx + nu, nz - nx - nu, path.algebraics, N);
}

/** Slacks become what their sides leave, as far as that is positive; multipliers and violations below zero become zero. */
export function writePrimalDual(
  w: Workspace,
  places: readonly ConstraintPlaces[],
  kernel: Executable,
  start: PrimalDual,
): void {
  writePoint(w, kernel, start);
  kernel.buffer('costate').set(start.costates);
  for (const [c, { parts }] of places.entries())
    for (const { kind, source, numbers } of parts) {
      const values = start.constraints[c]?.[kind] ?? [];
      const buffer = kernel.buffer(source);
      const least = kind === 'equality' ? Number.NEGATIVE_INFINITY : 0;
      for (let i = 0; i < numbers.length; i++) buffer[numbers[i]] = Math.max(least, values[i] ?? 0);
    }
  const slacks = kernel.buffer('t');
  slacks.fill(0);
  kernel.run(procedures.assess);
  // With slacks of zero, what is left of g + e - t is what they should be.
  const left = kernel.buffer('residual.sides');
  for (let i = 0; i < slacks.length; i++) slacks[i] = Math.max(0, left[i]);
}

function writeColumns(
  point: Float64Array,
  nz: number,
  from: number,
  width: number,
  values: Float64Array,
  rows: number,
): void {
  // Element by element: rows are short, and a view of each takes longer than its numbers.
  for (let k = 0, i = 0; k < rows; k++) for (let j = from; j < from + width; j++) point[k * nz + j] = values[i++];
}
