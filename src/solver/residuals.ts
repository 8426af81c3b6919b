/**
 * How far the iterate is from optimal: the residuals of stationarity, feasibility and complementarity, and the scaled
 * error E_mu of Waechter & Biegler 2006, eq. (5).
 */
import { abs, max, type Place, type Procedure, type Real } from '../kernel';
import { forSides } from './sides';
import { next, rowMultipliers } from './stageFunctions';
import type { Workspace } from './workspace';

/** Multipliers beyond this average size relax the tolerance in proportion (s_max). */
const LARGE_MULTIPLIER = 100;

export interface Residuals {
  /** Fills w.residual.stationarity and the norms below; expects the linearisation. */
  readonly measure: Procedure;
  /** Fills `complementarity` for the barrier value in `barrier`. */
  readonly measureComplementarity: Procedure;
  readonly dual: Place;
  readonly primal: Place;
  /** 1-norm of the constraint violation, theta. */
  readonly violation: Place;
  readonly barrier: Place;
  readonly complementarity: Place;
  /** Divisors s_d and s_c of the dual and complementarity errors. */
  readonly dualScale: Place;
  readonly complementarityScale: Place;
}

export function defineResiduals(w: Workspace): Residuals {
  const { program, nx, N } = w;
  const { iterate, residual } = w;
  const dual = w.scalar('residuals.dual');
  const primal = w.scalar('residuals.primal');
  const violation = w.scalar('residuals.violation');
  const barrier = w.scalar('residuals.barrier');
  const complementarity = w.scalar('residuals.complementarity');
  const dualScale = w.scalar('residuals.dualScale');
  const complementarityScale = w.scalar('residuals.complementarityScale');

  const stationarity = w.segments.map((place) =>
    program.procedure(
      `residuals.stationarity.${place.index}`,
      (k) => {
        const out = residual.stationarity;
        program.each(0, place.variables, (i) => {
          const value = program.variable(w.costGradient.at(k, i));
          if (!place.segment.terminal)
            value.add(program.sum(0, nx, (m) => w.dynamicsJacobian.at(k, m, i).times(iterate.costate.at(next(k), m))));
          out.at(k, i).set(value);
        });
        program.each(0, nx, (i) => out.at(k, i).add(iterate.costate.at(k, i).negated()));
        const multipliers = rowMultipliers(w, k, place).map((m) => program.let(m));
        for (const { row, column, at } of place.jacobian) out.at(k, column).add(multipliers[row].times(at(k)));
        const size = program.let(dual);
        let largest: Real = size;
        if (place.variables <= program.unrollLimit) {
          for (let i = 0; i < place.variables; i++) largest = max(largest, abs(out.at(k, i)));
          dual.set(largest);
        } else program.for(0, place.variables, (i) => dual.set(max(dual, abs(out.at(k, i)))));
      },
      false,
    ),
  );

  const measure = program.procedure('residuals.measure', () => {
    dual.set(0);
    w.forStages((k, place) => stationarity[place.index].call(k));

    const multipliers = program.variable(0);
    const sideMultipliers = program.variable(0);
    const largest = program.variable(0);
    const total = program.variable(0);
    const violate = (value: Real): void => {
      const size = program.let(abs(value));
      largest.set(max(largest, size));
      total.add(size);
    };
    program.for(0, N + 1, (k) =>
      program.each(0, nx, (i) => {
        violate(residual.dynamics.at(k, i));
        multipliers.add(abs(iterate.costate.at(k, i)));
      }),
    );
    program.for(0, w.equalities, (i) => {
      violate(residual.equalities.at(i));
      multipliers.add(abs(iterate.y.at(i)));
    });
    program.for(0, w.sides, (i) => {
      violate(w.sideResidual.at(i));
      sideMultipliers.add(iterate.zeta.at(i));
    });
    if (w.softSides > 0)
      forSides(w, ({ soft, number }) => {
        if (!soft) return;
        const v = iterate.v.at(soft.number);
        sideMultipliers.add(v);
        const penalty = soft.l1.plus(soft.l2.times(iterate.e.at(soft.number)));
        dual.set(max(dual, abs(penalty.minus(iterate.zeta.at(number)).minus(v))));
      });
    primal.set(largest);
    violation.set(total);
    const sides = w.sides + w.softSides;
    const scale = (sum: Real, count: number): Real => max(1, sum.over(Math.max(1, count)).over(LARGE_MULTIPLIER));
    dualScale.set(scale(multipliers.plus(sideMultipliers), (N + 1) * nx + w.equalities + sides));
    complementarityScale.set(scale(sideMultipliers, sides));
  });

  const measureComplementarity = program.procedure('residuals.measureComplementarity', () => {
    const largest = program.variable(0);
    const include = (product: Real): void => largest.set(max(largest, abs(product.minus(barrier))));
    program.for(0, w.sides, (i) => include(iterate.t.at(i).times(iterate.zeta.at(i))));
    program.for(0, w.softSides, (i) => include(iterate.e.at(i).times(iterate.v.at(i))));
    complementarity.set(largest);
  });
  return {
    measure,
    measureComplementarity,
    dual,
    primal,
    violation,
    barrier,
    complementarity,
    dualScale,
    complementarityScale,
  };
}
