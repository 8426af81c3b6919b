/**
 * One iteration of the predictor-corrector method of Mehrotra 1992 (Nocedal & Wright 2006, Algorithm 16.4) on
 *
 *   min 1/2 z'W z + q'z + penalties  subject to linear dynamics, equalities and sides.
 *
 * All but the products of slacks and multipliers is linear, so a step of length alpha leaves the share 1 - alpha of every
 * other residual: nothing is linearised again. What the right-hand side of the Newton system holds are these residuals.
 */
import { type Buffer, max, min, type Place, type Procedure, type Real, type Realish, real, select } from '../kernel';
import type { Inertia } from './inertia';
import type { KktSystem } from './kkt';
import type { MethodState } from './methodState';
import { aimProducts } from './products';
import type { Solutions } from './solutions';
import { addTimes, setVector } from './vectors';
import type { Workspace } from './workspace';

/** Bounds on what a step leaves of each slack and multiplier: one minus the fraction to the boundary. */
const MOST_LEFT = 5e-3;
const LEAST_LEFT = 1e-4;
/** Products this near to the final ones, in units of these, aim at them. */
const NEAR = 0.1;
/** After a shorter step than this the second-order term has misled: products are only brought nearer to each other. */
const POOR = 0.1;

export interface PredictorCorrector {
  /** Takes over what has been linearised at the iterate, and its residuals. */
  readonly begin: Procedure;
  /** To w.direction, and how far to go along it to `method.step`. */
  readonly aim: Procedure;
  /** Takes the step. */
  readonly advance: Procedure;
}

/** `solutions`: how accurately the Newton system is solved. */
export function definePredictorCorrector(
  w: Workspace,
  method: MethodState,
  kkt: KktSystem,
  inertia: Inertia,
  solutions: Solutions,
): PredictorCorrector {
  const { program, iterate, direction } = w;
  const { mu, finalBarrier } = method;
  const { rhs } = kkt;
  const residuals: readonly (readonly [left: Buffer, atIterate: Buffer])[] = [
    [rhs.stationarity, w.residual.stationarity],
    [rhs.dynamics, w.residual.dynamics],
    [rhs.equalities, w.residual.equalities],
    [rhs.sides, w.sideResidual],
  ];
  const mean = w.scalar('predictorCorrector.mean');
  /** What the predictor leaves of the products, as a share of them. */
  const ratio = w.scalar('predictorCorrector.ratio');
  const products = Math.max(1, w.sides + w.softSides);

  /** Mean product of slack and multiplier, now or after a step of length alpha along the direction. */
  const meanProduct = (alpha: Real | null): Real => {
    const at = (value: Place, change: Place): Real => (alpha ? value.plus(alpha.times(change)) : value);
    const hard = program.total(0, w.sides, (i) =>
      at(iterate.t.at(i), direction.t.at(i)).times(at(iterate.zeta.at(i), direction.zeta.at(i))),
    );
    const soft = program.total(0, w.softSides, (i) =>
      at(iterate.e.at(i), direction.e.at(i)).times(at(iterate.v.at(i), direction.v.at(i))),
    );
    return program.let(hard.plus(soft).over(products));
  };

  /** The longest step, at most 1, that leaves of each slack and multiplier more than 1 - fraction. */
  const longest = (fraction: Realish): Real => {
    const hard = program.greatest(fraction, 0, w.sides, (i) => {
      const slack = program.let(direction.t.at(i).times(iterate.zeta.at(i)));
      const multiplier = program.let(direction.zeta.at(i).times(iterate.t.at(i)));
      return select(slack.lt(multiplier), slack, multiplier).times(kkt.inverse.at(i)).negated();
    });
    const soft = (least: Real, value: Buffer, change: Buffer): Real =>
      program.greatest(least, 0, w.softSides, (i) => change.at(i).over(value.at(i)).negated());
    const fastest = soft(soft(hard, iterate.e, direction.e), iterate.v, direction.v);
    return program.let(real(fraction).over(fastest));
  };

  const begin = program.procedure(
    'predictorCorrector.begin',
    () => {
      kkt.load.call();
      for (const [left, residual] of residuals) setVector(program, left, (i) => residual.flat(i));
    },
    false,
  );

  const aim = program.procedure(
    'predictorCorrector.aim',
    () => {
      inertia.factorise.call();
      if (w.sides > 0) {
        mean.set(meanProduct(null));
        // Not at 0: where a side is weakly active the corrector would not come to rest at the final products.
        aimProducts(w, kkt, finalBarrier, false);
        solutions.predict.call();
        const excess = max(mean.minus(finalBarrier), w.target.tiny);
        ratio.set(min(max(meanProduct(longest(1)).minus(finalBarrier), 0).over(excess), 1));
        const beyond = program.let(excess.times(ratio.times(ratio).times(ratio)));
        mu.set(finalBarrier.plus(select(beyond.lt(finalBarrier.times(NEAR)), 0, beyond)));
        aimProducts(w, kkt, mu, true);
        solutions.correct.call();
      } else {
        mu.set(finalBarrier);
        ratio.set(0);
        solutions.solve.call();
      }
      // The better the prediction, the nearer to the boundary: convergence is superlinear.
      method.step.set(longest(program.let(real(1).minus(min(max(ratio, LEAST_LEFT), MOST_LEFT)))));
      if (w.sides > 0)
        program.if(method.step.lt(POOR), () => {
          mu.set(max(mean, finalBarrier));
          aimProducts(w, kkt, mu, false);
          solutions.correct.call();
          method.step.set(longest(1 - MOST_LEFT));
        });
    },
    false,
  );

  const advance = program.procedure(
    'predictorCorrector.advance',
    () => {
      const alpha = program.let(method.step);
      const left = program.let(alpha.negated().plus(1));
      for (const [residual] of residuals) setVector(program, residual, (i) => residual.flat(i).times(left));
      for (const name of ['point', 'costate', 'y', 't', 'zeta', 'e', 'v'] as const)
        addTimes(program, iterate[name], alpha, direction[name]);
    },
    false,
  );

  return { begin, aim, advance };
}
