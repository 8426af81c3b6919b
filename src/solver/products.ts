/**
 * Right-hand sides of the products of slacks and multipliers, t zeta = target and e v = target, without or with the second-
 * order term of the direction at hand (the corrector of Mehrotra 1992; Nocedal & Wright 2006, eq. 16.58):
 *
 *   zeta dt + t dzeta = target - t zeta - [dt dzeta],   e dv + v de = target - e v - [de dv].
 */
import { type Place, type Real, real } from '../kernel';
import type { KktSystem } from './kkt';
import { forSides } from './sides';
import { setVector } from './vectors';
import type { Workspace } from './workspace';

/** Record them, with the stationarity in e that depends on them. */
export function aimProducts(w: Workspace, { rhs }: KktSystem, target: Real, corrected: boolean): void {
  const { program, iterate, direction } = w;
  const second = (a: Place, b: Place): Real => (corrected ? a.times(b) : real(0));
  const aim = program.let(target);
  setVector(program, rhs.complementarity, (i) => {
    const wanted = aim.minus(second(direction.t.at(i), direction.zeta.at(i)));
    return wanted.over(iterate.t.at(i)).minus(iterate.zeta.at(i));
  });
  if (w.softSides > 0)
    forSides(w, ({ number, soft }) => {
      if (!soft) return;
      const e = program.let(iterate.e.at(soft.number));
      const wanted = aim.minus(second(direction.e.at(soft.number), direction.v.at(soft.number)));
      const pull = program.let(wanted.over(e));
      const penalty = soft.l1.plus(soft.l2.times(e));
      rhs.penalty.at(soft.number).set(iterate.zeta.at(number).plus(pull).minus(penalty));
      rhs.violation.at(soft.number).set(pull.minus(iterate.v.at(soft.number)));
    });
}
