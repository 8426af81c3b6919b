/**
 * How far the iterate is from optimal: the residuals of stationarity, feasibility and complementarity, and the scaled
 * error E_mu of Waechter & Biegler 2006, eq. (5).
 */
import { abs, type Buffer, max, type Place, type Procedure, type Real, type Realish } from '../kernel';
import { transposedTimesVector } from './matrixVector';
import { forSides } from './sides';
import { next, rowMultipliers } from './stageFunctions';
import { blockLoops } from './tiles';
import { norm1, normMax } from './vectors';
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

  const loops = blockLoops(program, w.tiled);
  const stationarity = w.segments.map((place) =>
    program.procedure(
      `residuals.stationarity.${place.index}`,
      (k) => {
        const out = residual.stationarity;
        if (place.segment.terminal) loops.each(place.variables, (i) => out.at(k, i).set(w.costGradient.at(k, i)));
        else
          transposedTimesVector(program, w.tiled, {
            rows: nx,
            columns: place.variables,
            start: (i) => w.costGradient.at(k, i),
            matrix: (m, i) => w.dynamicsJacobian.at(k, m, i),
            vector: (m) => iterate.costate.at(next(k), m),
            out: (i, value) => out.at(k, i).set(value),
          });
        loops.each(nx, (i) => out.at(k, i).add(iterate.costate.at(k, i).negated()));
        const multipliers = rowMultipliers(w, k, place).map((m) => program.let(m));
        for (const { row, column, at } of place.jacobian) out.at(k, column).add(multipliers[row].times(at(k)));
      },
      false,
    ),
  );

  const measure = program.procedure('residuals.measure', () => {
    w.forStages((k, place) => stationarity[place.index].call(k));
    const sum = (values: readonly Real[]): Real => program.let(values.reduce((a, b) => a.plus(b)));
    // The largest entry passes over what is not a number; the sum does not.
    const { stationarity: entries } = residual;
    dual.set(normMax(program, entries).plus(norm1(program, entries).times(0)));
    const violations = [residual.dynamics, residual.equalities, w.sideResidual];
    const multipliers = sum([iterate.costate, iterate.y].map((vector) => norm1(program, vector)));
    const sideMultipliers = program.variable(norm1(program, iterate.zeta));
    if (w.softSides > 0)
      forSides(w, ({ soft, number }) => {
        if (!soft) return;
        const v = iterate.v.at(soft.number);
        sideMultipliers.add(v);
        const penalty = soft.l1.plus(soft.l2.times(iterate.e.at(soft.number)));
        dual.set(max(dual, abs(penalty.minus(iterate.zeta.at(number)).minus(v))));
      });
    primal.set(violations.map((vector) => normMax(program, vector)).reduce((a, b) => max(a, b)));
    violation.set(sum(violations.map((vector) => norm1(program, vector))));
    const sides = w.sides + w.softSides;
    const scale = (total: Real, count: number): Real => max(1, total.over(Math.max(1, count)).over(LARGE_MULTIPLIER));
    dualScale.set(scale(multipliers.plus(sideMultipliers), (N + 1) * nx + w.equalities + sides));
    complementarityScale.set(scale(sideMultipliers, sides));
  });

  const measureComplementarity = program.procedure('residuals.measureComplementarity', () => {
    const target = program.let(barrier);
    const farthest = (least: Realish, slack: Buffer, multiplier: Buffer): Real =>
      program.greatest(least, 0, slack.length, (i) => abs(slack.at(i).times(multiplier.at(i)).minus(target)));
    complementarity.set(farthest(farthest(0, iterate.t, iterate.zeta), iterate.e, iterate.v));
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
