/**
 * The filter: pairs (theta, phi) of constraint violation and barrier function that later trial points must improve on
 * in one of the two (Fletcher & Leyffer 2002; Waechter & Biegler 2006, section 2.3).
 */
import { type Place, type Procedure, type Real, real, select } from '../kernel';
import type { Workspace } from './workspace';

const CAPACITY = 64;

export interface Filter {
  readonly clear: Procedure;
  /** How many pairs there are, or have been since it was full. */
  readonly count: Place;
  /** Add (theta, phi); the oldest pair makes room where the filter is full. */
  add(theta: Real, phi: Real): void;
  /** 1 where (theta, phi) is acceptable to every pair, 0 otherwise; fixed now. `noise`: rounding in phi. */
  accepts(theta: Real, phi: Real, noise: Real): Real;
}

export function defineFilter(w: Workspace): Filter {
  const { program } = w;
  const thetas = program.buffer('filter.theta', CAPACITY);
  const phis = program.buffer('filter.phi', CAPACITY);
  const count: Place = w.scalar('filter.count');
  const clear = program.procedure('filter.clear', () => {
    count.set(0);
    program.for(0, CAPACITY, (i) => {
      thetas.at(i).set(Number.POSITIVE_INFINITY);
      phis.at(i).set(Number.POSITIVE_INFINITY);
    });
  });
  return {
    clear,
    count,
    add(theta, phi) {
      // The place is a number of the lane, so it is found by comparison rather than by address.
      program.for(0, CAPACITY, (i) =>
        program.if(i.toReal().eq(count), () => {
          thetas.at(i).set(theta);
          phis.at(i).set(phi);
        }),
      );
      count.set(select(count.ge(CAPACITY - 1), 0, count.plus(1)));
    },
    accepts(theta, phi, noise) {
      const accepted = program.variable(1);
      const least = program.let(phi.minus(noise));
      program.for(0, CAPACITY, (i) =>
        accepted.set(select(theta.lt(thetas.at(i)).or(least.lt(phis.at(i))), accepted, real(0))),
      );
      return program.let(accepted);
    },
  };
}
