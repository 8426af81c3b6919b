/** Where the iterate stands: linearised, its residuals measured, and whether the solve is over. */
import { type Condition, max, min, type Procedure, type Real } from '../kernel';
import { CONVERGED, DIVERGING, type MethodState, NOT_A_NUMBER, procedures } from './methodState';
import type { Residuals } from './residuals';
import { normMax } from './vectors';
import type { Workspace } from './workspace';

/** Complementarity at the end, in units of the final barrier value. */
const CENTRED = 0.1;
/** Iterates this many times larger than the start are on their way to infinity. */
const DIVERGED = 1e12;

export interface Assessment {
  readonly assess: Procedure;
  /** The same where the iterate is linearised already. */
  readonly judge: Procedure;
  /** E_mu without the complementarity part. */
  infeasibility(): Real;
  /** Whether the norms of the residuals are those of a solution; measures the products. */
  meets(): Condition;
  /** Largest |t zeta - value|. */
  complementarityFor(value: Real): Real;
  /** Record the size of the iterate that `assess` compares with. */
  noteStart(): void;
}

export function defineAssessment(
  w: Workspace,
  { tolerance, finalBarrier, state, mu, objective, startSize }: MethodState,
  linearise: Procedure,
  residuals: Residuals,
): Assessment {
  const { program, iterate } = w;
  const infeasibility = (): Real => max(residuals.dual.over(residuals.dualScale), residuals.primal);
  const complementarityFor = (value: Real): Real => {
    residuals.barrier.set(value);
    residuals.measureComplementarity.call();
    return residuals.complementarity;
  };
  const size = (): Real => normMax(program, iterate.point);
  const meets = (): Condition => {
    const centred = max(finalBarrier.times(CENTRED), w.target.complementarityNoise);
    const products = complementarityFor(finalBarrier);
    return infeasibility()
      .le(tolerance)
      .and(mu.le(finalBarrier))
      .and(products.le(min(tolerance.times(residuals.complementarityScale), centred)));
  };
  const judge = program.procedure(
    'method.judge',
    () => {
      residuals.measure.call();
      const converged = meets();
      // A step whose own equations are not solved leads to no state in particular.
      const { unsolved } = w;
      const solved = unsolved ? program.sum(0, w.N, (k) => unsolved.at(k)).eq(0) : null;
      program.if(solved ? converged.and(solved) : converged, () => state.set(CONVERGED));
      program.if(size().gt(max(startSize, 1).times(DIVERGED)), () => state.set(DIVERGING));
      const all = program.let(objective.plus(residuals.dual).plus(residuals.violation));
      program.if(all.ne(all), () => state.set(NOT_A_NUMBER));
    },
    false,
  );
  const assess = program.procedure(procedures.assess, () => {
    linearise.call();
    judge.call();
  });
  return { assess, judge, infeasibility, meets, complementarityFor, noteStart: () => startSize.set(size()) };
}
