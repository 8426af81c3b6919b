/** Right-hand side of the Newton system of the barrier problem at the iterate: its residuals, and mu in the products. */
import type { Place, Procedure } from '../kernel';
import type { KktSystem } from './kkt';
import { aimProducts } from './products';
import { setVector } from './vectors';
import type { Workspace } from './workspace';

export function defineNewtonRhs(w: Workspace, kkt: KktSystem, mu: Place): Procedure {
  const { program, residual } = w;
  const { rhs } = kkt;
  return program.procedure(
    'newton.rightHandSide',
    () => {
      setVector(program, rhs.stationarity, (i) => residual.stationarity.flat(i));
      setVector(program, rhs.dynamics, (i) => residual.dynamics.flat(i));
      setVector(program, rhs.equalities, (i) => residual.equalities.at(i));
      setVector(program, rhs.sides, (i) => w.sideResidual.at(i));
      aimProducts(w, kkt, mu, false);
    },
    false,
  );
}
