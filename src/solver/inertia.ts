/**
 * Inertia correction (Waechter & Biegler 2006, Algorithm IC): the Hessian is shifted until the reduced Hessian is positive
 * definite, with as little trial as the last shift allows.
 */
import { max, type Place, type Procedure, select } from '../kernel';
import type { KktSystem } from './kkt';
import { type MethodState, STEP_TOO_SMALL } from './methodState';
import type { Workspace } from './workspace';

const DELTA_0 = 1e-4;
const DELTA_MIN = 1e-20;
const KAPPA_PLUS_FIRST = 100;
const KAPPA_PLUS = 8;
const KAPPA_MINUS = 1 / 3;

export interface Inertia {
  readonly factorise: Procedure;
  /** The last shift that was needed; 0 at the start of a solve. */
  readonly lastShift: Place;
}

/** `floor`: a shift that is made whether it is needed or not. */
export function defineInertia(
  w: Workspace,
  kkt: KktSystem,
  { state }: MethodState,
  floor: Place | null = null,
): Inertia {
  const { program } = w;
  const lastShift = w.scalar('inertia.lastShift');
  const factorise = program.procedure(
    'inertia.factorise',
    () => {
      const shift = program.variable(floor ?? 0);
      const trying = program.variable(1);
      program.while(trying.gt(0), () => {
        kkt.regularisation.set(shift);
        kkt.factorise.call();
        program.if(
          kkt.definite.gt(0),
          () => trying.set(0),
          () => {
            const growth = select(lastShift.le(0), KAPPA_PLUS_FIRST, KAPPA_PLUS);
            const fresh = select(lastShift.le(0), DELTA_0, max(DELTA_MIN, lastShift.times(KAPPA_MINUS)));
            shift.set(select(shift.le(0), fresh, shift.times(growth)));
            program.if(shift.gt(w.target.largestShift), () => {
              trying.set(0);
              state.set(STEP_TOO_SMALL);
            });
          },
        );
      });
      program.if(shift.gt(floor ?? 0), () => lastShift.set(shift));
    },
    false,
  );
  return { factorise, lastShift };
}
