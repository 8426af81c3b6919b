/**
 * The barrier function phi = objective - mu sum log t - mu sum log e, its slope along the direction, and how far a step
 * may go: the fraction-to-the-boundary rule t + alpha dt >= (1 - tau) t (Waechter & Biegler 2006, eq. 8, 15).
 */
import { apply, type Buffer, min, type Place, type Procedure, type Real, select } from '../kernel';
import { forSides } from './sides';
import type { Workspace } from './workspace';

export interface Barrier {
  /** `slope`: directional derivative of phi along w.direction. */
  readonly measureSlope: Procedure;
  readonly slope: Place;
  /** `primalStep` and `dualStep`, given the fraction. */
  readonly limitStep: Procedure;
  readonly fraction: Place;
  readonly primalStep: Place;
  readonly dualStep: Place;
  /** Record mu times the sum of logarithms of slacks and violations. */
  logarithms(t: Buffer, e: Buffer, mu: Real): Real;
}

export function defineBarrier(w: Workspace, mu: Place): Barrier {
  const { program } = w;
  const { iterate, direction } = w;
  const slope = w.scalar('barrier.slope');
  const fraction = w.scalar('barrier.fraction');
  const primalStep = w.scalar('barrier.primalStep');
  const dualStep = w.scalar('barrier.dualStep');

  const measureSlope = program.procedure('barrier.measureSlope', () => {
    const sum = program.variable(0);
    program.for(0, w.N + 1, (k) =>
      program.each(0, w.nz, (i) => sum.add(w.costGradient.at(k, i).times(direction.point.at(k, i)))),
    );
    program.for(0, w.sides, (i) => sum.add(mu.times(direction.t.at(i)).over(iterate.t.at(i)).negated()));
    if (w.softSides > 0)
      forSides(w, ({ soft }) => {
        if (!soft) return;
        const e = iterate.e.at(soft.number);
        sum.add(direction.e.at(soft.number).times(soft.l1.plus(soft.l2.times(e)).minus(mu.over(e))));
      });
    slope.set(sum);
  });

  const limit = (value: Buffer, change: Buffer, count: number, step: Place): void =>
    program.for(0, count, (i) => {
      const d = program.let(change.at(i));
      step.set(min(step, select(d.lt(0), fraction.times(value.at(i)).over(d).negated(), 1)));
    });

  const limitStep = program.procedure('barrier.limitStep', () => {
    const primal = program.variable(1);
    const dual = program.variable(1);
    limit(iterate.t, direction.t, w.sides, primal);
    limit(iterate.e, direction.e, w.softSides, primal);
    limit(iterate.zeta, direction.zeta, w.sides, dual);
    limit(iterate.v, direction.v, w.softSides, dual);
    primalStep.set(primal);
    dualStep.set(dual);
  });

  const logarithms = (t: Buffer, e: Buffer, weight: Real): Real => {
    const sum = program.variable(0);
    const product = program.variable(1);
    const include = (value: Real): void => {
      product.set(product.times(value));
      program.if(product.lt(1 / w.target.largestProduct).or(product.gt(w.target.largestProduct)), () => {
        sum.add(apply('log', product));
        product.set(1);
      });
    };
    program.for(0, w.sides, (i) => include(t.at(i)));
    program.for(0, w.softSides, (i) => include(e.at(i)));
    return program.let(weight.times(sum.plus(apply('log', product))));
  };
  return { measureSlope, slope, limitStep, fraction, primalStep, dualStep, logarithms };
}
