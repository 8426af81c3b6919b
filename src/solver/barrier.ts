/**
 * The barrier function phi = objective - mu sum log t - mu sum log e, its slope along the direction, and how far a step
 * may go: the fraction-to-the-boundary rule t + alpha dt >= (1 - tau) t (Waechter & Biegler 2006, eq. 8, 15).
 */
import { type Buffer, type Place, type Procedure, type Real, type Realish, select } from '../kernel';
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
    const { point } = direction;
    const sum = program.variable(program.total(0, point.length, (i) => w.costGradient.flat(i).times(point.flat(i))));
    const held = program.total(0, w.sides, (i) => direction.t.at(i).over(iterate.t.at(i)));
    sum.add(mu.times(held).negated());
    if (w.softSides > 0)
      forSides(w, ({ soft }) => {
        if (!soft) return;
        const e = iterate.e.at(soft.number);
        sum.add(direction.e.at(soft.number).times(soft.l1.plus(soft.l2.times(e)).minus(mu.over(e))));
      });
    slope.set(sum);
  });

  /** The longest step, at most `most`, that the values allow. */
  const limit = (most: Realish, value: Buffer, change: Buffer): Real =>
    program.smallest(most, 0, value.length, (i) =>
      select(change.at(i).lt(0), fraction.times(value.at(i)).over(change.at(i)).negated(), 1),
    );

  const limitStep = program.procedure('barrier.limitStep', () => {
    primalStep.set(limit(limit(1, iterate.t, direction.t), iterate.e, direction.e));
    dualStep.set(limit(limit(1, iterate.zeta, direction.zeta), iterate.v, direction.v));
  });

  const logarithms = (t: Buffer, e: Buffer, weight: Real): Real => {
    const sum = program.variable(0);
    const product = program.variable(1);
    const include = (value: Real): void => {
      product.set(product.times(value));
      program.if(product.lt(1 / w.target.largestProduct).or(product.gt(w.target.largestProduct)), () => {
        sum.add(program.apply('log', product));
        product.set(1);
      });
    };
    program.for(0, w.sides, (i) => include(t.at(i)));
    program.for(0, w.softSides, (i) => include(e.at(i)));
    return program.let(weight.times(sum.plus(program.apply('log', product))));
  };
  return { measureSlope, slope, limitStep, fraction, primalStep, dualStep, logarithms };
}
