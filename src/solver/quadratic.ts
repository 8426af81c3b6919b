/**
 * The linear-quadratic subproblem at the iterate,
 *
 *   min 1/2 d'W d + g'd + penalties  subject to the linearised dynamics, equalities and sides,
 *
 * by the predictor-corrector interior point method of Mehrotra 1992 (Nocedal & Wright 2006, Algorithm 16.4), on the same
 * Newton system as the nonlinear method. All but the products of slacks and multipliers is linear, so a step of length
 * alpha leaves the share 1 - alpha of every other residual. It starts from the iterate's slacks and multipliers, and
 * leaves there those of the subproblem; the sum of the steps in point, costate and y goes to `step`.
 */
import { abs, max, min, type Place, type Procedure, type Real, real, select } from '../kernel';
import type { Barrier } from './barrier';
import type { Inertia } from './inertia';
import type { KktSystem } from './kkt';
import type { MethodState } from './methodState';
import { aimProducts } from './products';
import type { Vector, Workspace } from './workspace';

const MAX_ITERATIONS = 60;
/** Residuals of the subproblem at its solution, as a share of what they were, and in absolute terms. */
const ACCURACY = 1e-12;
const ABSOLUTE = 1e-10;
const CENTRED = 0.1;
/** Fraction to the boundary. */
const FRACTION = 0.995;

export interface Quadratic {
  readonly solve: Procedure;
  readonly step: Pick<Vector, 'point' | 'costate' | 'y'>;
  /** Interior point iterations of the last solve. */
  readonly iterations: Place;
}

export function defineQuadratic(
  w: Workspace,
  method: MethodState,
  kkt: KktSystem,
  inertia: Inertia,
  barrier: Barrier,
): Quadratic {
  const { program, iterate, direction } = w;
  const { mu, finalBarrier } = method;
  const { rhs } = kkt;
  const iterations = w.scalar('qp.iterations');
  const step = {
    point: program.buffer('qp.point', w.N + 1, w.nz),
    costate: program.buffer('qp.costate', w.N + 1, w.nx),
    y: program.buffer('qp.y', w.equalities),
  };
  const products = Math.max(1, w.sides + w.softSides);

  /** Mean product of slack and multiplier, now or after a step of length alpha along the direction. */
  const meanProduct = (alpha: Real | null): Real => {
    const sum = program.variable(0);
    const at = (value: Place, change: Place): Real => (alpha ? value.plus(alpha.times(change)) : value);
    program.for(0, w.sides, (i) =>
      sum.add(at(iterate.t.at(i), direction.t.at(i)).times(at(iterate.zeta.at(i), direction.zeta.at(i)))),
    );
    program.for(0, w.softSides, (i) =>
      sum.add(at(iterate.e.at(i), direction.e.at(i)).times(at(iterate.v.at(i), direction.v.at(i)))),
    );
    return program.let(sum.over(products));
  };

  const longest = (): Real => {
    barrier.limitStep.call();
    return program.let(min(barrier.primalStep, barrier.dualStep));
  };

  const residual = program.procedure(
    'qp.begin',
    () => {
      program.for(0, w.N + 1, (k) => {
        program.each(0, w.nz, (i) => {
          rhs.stationarity.at(k, i).set(w.residual.stationarity.at(k, i));
          step.point.at(k, i).set(0);
        });
        program.each(0, w.nx, (i) => {
          rhs.dynamics.at(k, i).set(w.residual.dynamics.at(k, i));
          step.costate.at(k, i).set(0);
        });
      });
      program.for(0, w.equalities, (i) => {
        rhs.equalities.at(i).set(w.residual.equalities.at(i));
        step.y.at(i).set(0);
      });
      program.for(0, w.sides, (i) => rhs.sides.at(i).set(w.sideResidual.at(i)));
    },
    false,
  );

  const advance = program.procedure(
    'qp.advance',
    () => {
      const alpha = program.let(method.step);
      const left = program.let(alpha.negated().plus(1));
      const scale = (place: Place): void => place.set(place.times(left));
      const move = (place: Place, change: Place): void => place.add(alpha.times(change));
      program.for(0, w.N + 1, (k) => {
        program.each(0, w.nz, (i) => {
          scale(rhs.stationarity.at(k, i));
          move(step.point.at(k, i), direction.point.at(k, i));
        });
        program.each(0, w.nx, (i) => {
          scale(rhs.dynamics.at(k, i));
          move(step.costate.at(k, i), direction.costate.at(k, i));
        });
      });
      program.for(0, w.equalities, (i) => {
        scale(rhs.equalities.at(i));
        move(step.y.at(i), direction.y.at(i));
      });
      program.for(0, w.sides, (i) => {
        scale(rhs.sides.at(i));
        move(iterate.t.at(i), direction.t.at(i));
        move(iterate.zeta.at(i), direction.zeta.at(i));
      });
      program.for(0, w.softSides, (i) => {
        move(iterate.e.at(i), direction.e.at(i));
        move(iterate.v.at(i), direction.v.at(i));
      });
    },
    false,
  );

  /** Largest |t zeta - tau|. */
  const largestGap = (): Real => {
    const gap = program.variable(0);
    const note = (product: Real): void => gap.set(max(gap, abs(product.minus(finalBarrier))));
    program.for(0, w.sides, (i) => note(iterate.t.at(i).times(iterate.zeta.at(i))));
    program.for(0, w.softSides, (i) => note(iterate.e.at(i).times(iterate.v.at(i))));
    return select(gap.eq(gap), gap, 0);
  };

  const solve = program.procedure('qp.solve', () => {
    residual.call();
    const share = program.variable(1);
    const left = program.variable(MAX_ITERATIONS);
    const whole = program.variable(0);
    program.for(0, w.N + 1, (k) => {
      program.each(0, w.nz, (i) => whole.set(max(whole, abs(rhs.stationarity.at(k, i)))));
      program.each(0, w.nx, (i) => whole.set(max(whole, abs(rhs.dynamics.at(k, i)))));
    });
    program.for(0, w.equalities, (i) => whole.set(max(whole, abs(rhs.equalities.at(i)))));
    program.for(0, w.sides, (i) => whole.set(max(whole, abs(rhs.sides.at(i)))));
    iterations.set(0);
    program.while(left.gt(0), () => {
      inertia.factorise.call();
      barrier.fraction.set(1);
      const present = w.sides > 0 ? meanProduct(null) : null;
      if (present) {
        aimProducts(w, kkt, real(0), false);
        kkt.solve.call();
        const reach = longest();
        const ahead = meanProduct(reach);
        const ratio = program.let(ahead.over(max(present, 1e-300)));
        mu.set(max(finalBarrier, present.times(ratio.times(ratio).times(ratio))));
        aimProducts(w, kkt, mu, true);
      } else mu.set(finalBarrier);
      kkt.solve.call();
      barrier.fraction.set(FRACTION);
      const reach = longest();
      method.step.set(reach);
      advance.call();
      share.set(share.times(reach.negated().plus(1)));
      iterations.add(1);
      left.add(-1);
      const small = share.le(ACCURACY).or(share.times(whole).le(ABSOLUTE));
      const settled = w.sides > 0 ? largestGap().le(finalBarrier.times(CENTRED)) : small;
      program.if(small.and(settled).or(reach.ne(reach)), () => left.set(0));
    });
  });

  return { solve, step, iterations };
}
