/** Right-hand side of the Newton system of the barrier problem at the iterate: its residuals, and mu in the products. */
import type { Place, Procedure } from '../kernel';
import type { KktSystem } from './kkt';
import { aimProducts } from './products';
import type { Workspace } from './workspace';

export function defineNewtonRhs(w: Workspace, kkt: KktSystem, mu: Place): Procedure {
  const { program, residual } = w;
  const { rhs } = kkt;
  return program.procedure(
    'newton.rightHandSide',
    () => {
      program.for(0, w.N + 1, (k) => {
        program.each(0, w.nz, (i) => rhs.stationarity.at(k, i).set(residual.stationarity.at(k, i)));
        program.each(0, w.nx, (i) => rhs.dynamics.at(k, i).set(residual.dynamics.at(k, i)));
      });
      program.for(0, w.equalities, (i) => rhs.equalities.at(i).set(residual.equalities.at(i)));
      program.for(0, w.sides, (i) => rhs.sides.at(i).set(w.sideResidual.at(i)));
      aimProducts(w, kkt, mu, false);
    },
    false,
  );
}
