/**
 * All substeps of an explicit method in straight-line code: each is differentiated for itself, by the state X it starts from
 * and the controls, and structural zeros fold away. With dX+ = G dX + B du at a substep, what follows is taken from its end
 * to its start, the Jacobian P and the second derivatives W,
 *
 *   P <- P_X [G B] + [0 P_u],     W <- [G B; 0 I]' W [G B; 0 I] + (its own),
 *
 * from the last substep to the first.
 */
import { type Real, real, ZERO } from '../../kernel';
import type { RungeKuttaDynamics } from '../../problem';
import type { Workspace } from '../workspace';
import { stateDirections } from './directions';
import { Matrices, type Matrix } from './matrices';
import type { ExplicitMethod, ForwardSubstep } from './method';
import { added, type Curvature, type Substitution, substitute } from './stageElimination';
import type { StepDerivatives } from './step';

/** About how many multiply-adds the code takes: tangents and second derivatives of the stages, and the chain of substeps. */
export function straightLineSize({ nx, nz }: Workspace, { tableau, substeps, jacobian }: RungeKuttaDynamics): number {
  const ofStages = tableau.b.length * jacobian.length * (nz + 2.5 * nx);
  return substeps * ofStages + (substeps - 1) * 2 * nx * nx * nz;
}

export function straightLineStep(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  method: ExplicitMethod,
  start: readonly Real[],
  controls: readonly Real[],
  seed: readonly Real[],
): StepDerivatives {
  const { program, nx, nz } = w;
  const m = new Matrices(program);
  const directions = stateDirections(w, dynamics);
  const inner = start.length;
  const unit = { at: (i: number, j: number): Real => real(i === j && i < nx ? 1 : 0) };
  const substeps: ForwardSubstep[] = [];
  for (let s = 0; s < dynamics.substeps; s++)
    substeps.push(method.forward(substeps.at(-1)?.end ?? start, unit, controls, directions));

  /** [G B], and below it the rows of what is accumulated. */
  const jacobians = substeps.map(({ endTangent }) => m.make(inner, nz, (i, j) => endTangent.at(i, j)));
  let adjoint = seed;
  let following: Curvature | null = null;
  let jacobian: Matrix = m.zero(0, nz);
  for (let s = dynamics.substeps - 1; s >= 0; s--) {
    const own = method.secondOrder(m, substeps[s], adjoint);
    adjoint = own.seed;
    jacobian = following ? chained(m, nx, jacobian, jacobians[s]) : jacobians[s];
    following = following ? added(m, substitute(m, following, split(nx, jacobians[s])), own.curvature) : own.curvature;
  }
  const { yy, yu, uu } = following ?? { yy: [], yu: [], uu: [] };
  return {
    value: substeps.at(-1)?.end ?? start,
    jacobian: { at: (i, j) => jacobian[i][j as number] },
    hessian: {
      at: (i, j) => {
        const column = j as number;
        if (i < nx) return yy[i][column];
        return column < nx ? yu[column][i - nx] : uu[i - nx][column - nx];
      },
    },
  };
}

/** P_X [G B] + [0 P_u]; what has been accumulated stays. */
function chained(m: Matrices, nx: number, after: Matrix, own: Matrix): Matrix {
  const states = own.slice(0, nx);
  const start = m.make(after.length, own[0].length, (i, j) =>
    (j < nx ? ZERO : after[i][j]).plus(i < nx ? 0 : own[i][j]),
  );
  return m.product(
    after.map((row) => row.slice(0, nx)),
    states,
    start,
  );
}

function split(nx: number, jacobian: Matrix): Substitution {
  const states = jacobian.slice(0, nx);
  return { g: states.map((row) => row.slice(0, nx)), b: states.map((row) => row.slice(nx)) };
}
