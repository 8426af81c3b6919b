/** Right-hand side of the Newton system of the barrier problem at the iterate: its residuals, and mu in the products. */
import type { Place, Procedure } from '../kernel';
import type { KktSystem } from './kkt';
import { forSides } from './sides';
import type { Workspace } from './workspace';

export function defineNewtonRhs(w: Workspace, { rhs }: KktSystem, mu: Place): Procedure {
  const { program, iterate, residual } = w;
  return program.procedure(
    'newton.rightHandSide',
    () => {
      program.for(0, w.N + 1, (k) => {
        program.each(0, w.nz, (i) => rhs.stationarity.at(k, i).set(residual.stationarity.at(k, i)));
        program.each(0, w.nx, (i) => rhs.dynamics.at(k, i).set(residual.dynamics.at(k, i)));
      });
      program.for(0, w.equalities, (i) => rhs.equalities.at(i).set(residual.equalities.at(i)));
      program.for(0, w.sides, (i) => {
        rhs.sides.at(i).set(w.sideResidual.at(i));
        rhs.complementarity.at(i).set(mu.over(iterate.t.at(i)).minus(iterate.zeta.at(i)));
      });
      if (w.softSides > 0)
        forSides(w, ({ number, soft }) => {
          if (!soft) return;
          const e = program.let(iterate.e.at(soft.number));
          const pull = program.let(mu.over(e));
          const penalty = soft.l1.plus(soft.l2.times(e));
          rhs.penalty.at(soft.number).set(iterate.zeta.at(number).plus(pull).minus(penalty));
          rhs.violation.at(soft.number).set(pull.minus(iterate.v.at(soft.number)));
        });
    },
    false,
  );
}
