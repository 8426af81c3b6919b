/** Directions in which a Runge-Kutta step is differentiated: first those of z = (x, u), then perhaps parameters. */
import { jacobian, mixedHessian, type Node, type SparseEntry } from '../../expression';
import type { RungeKuttaDynamics } from '../../problem';
import type { Workspace } from '../workspace';

/** Columns of `jacobian` and `curvature`: nx states, the other directions, then the algebraic variables. */
export interface Directions {
  readonly columns: number;
  /** Of the slope. */
  readonly jacobian: readonly SparseEntry[];
  /** Of w'f, second derivatives; rows (x, u, algebraic variables), both triangles. */
  readonly curvature: readonly SparseEntry[];
  /** Columns of the Hessian of the step that are wanted in row i. */
  wanted(i: number): readonly [from: number, to: number];
}

/** z alone, with the lower triangle of the Hessian. */
export function stateDirections(w: Workspace, dynamics: RungeKuttaDynamics): Directions {
  const mirrored = dynamics.hessian
    .filter(({ row, column }) => row !== column)
    .map(({ row, column, value }) => ({ row: column, column: row, value }));
  return {
    columns: w.nz,
    jacobian: dynamics.jacobian,
    curvature: [...dynamics.hessian, ...mirrored],
    wanted: (i) => [0, i + 1],
  };
}

/** z and the parameters, with the Hessian's columns of the parameters. */
export function parameterDirections(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  parameters: readonly Node[],
): Directions {
  const { graph } = w.stages;
  const { nz } = w;
  const state = stateDirections(w, dynamics);
  const columns = nz + parameters.length;
  const behind = (entries: readonly SparseEntry[]): SparseEntry[] =>
    entries.map(({ row, column, value }) => ({ row, column: nz + column, value }));
  const algebraicLast = (entries: readonly SparseEntry[]): SparseEntry[] =>
    entries.map(({ row, column, value }) => ({
      row,
      column: column < nz ? column : column + parameters.length,
      value,
    }));
  const mixed = mixedHessian(graph, dynamics.seeded, dynamics.variables, parameters);
  return {
    columns,
    jacobian: [...algebraicLast(state.jacobian), ...behind(jacobian(graph, dynamics.slope, parameters))],
    curvature: [
      ...algebraicLast(state.curvature),
      ...behind(mixed).map((entry) => ({ ...entry, row: dynamics.place(entry.row) })),
    ],
    wanted: () => [nz, columns],
  };
}
