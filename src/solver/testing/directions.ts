/** The directions of z and of all parameters, for Runge-Kutta steps. */
import { jacobian, mixedHessian, type SparseEntry } from '../../expression';
import type { RungeKuttaDynamics } from '../../problem';
import { type Directions, stateDirections, type Workspace } from '../index';

/** Columns nz.. are the parameters; of the Hessian only those are wanted. */
export function parameterDirections(w: Workspace, dynamics: RungeKuttaDynamics): Directions {
  const { graph, parameters, x, u } = w.stages;
  const states = stateDirections(w, dynamics);
  const behind = ({ row, column, value }: SparseEntry): SparseEntry => ({ row, column: w.nz + column, value });
  const columns = w.nz + parameters.length;
  return {
    columns,
    jacobian: [...states.jacobian, ...jacobian(graph, dynamics.slope, parameters).map(behind)],
    curvature: [...states.curvature, ...mixedHessian(graph, dynamics.seeded, [...x, ...u], parameters).map(behind)],
    wanted: () => [w.nz, columns],
  };
}
