/**
 * Solutions of the Newton system of kkt.ts for a method that solves it more than once with the same factors. A predictor
 * needs no costates, and what the residuals of the dynamics contribute serves the corrector, too. Without refinement rows
 * that are taken for softer than they are, and rounding, are left to the next step of an iteration.
 */
import { type Procedure, type Real, ZERO } from '../kernel';
import type { KktSystem } from './kkt';
import { addRows, rowProducts } from './rows';
import { setVector } from './vectors';
import type { Rhs, SegmentPlace, Workspace } from './workspace';

/** Procedures that bring rhs to w.direction. */
export interface Solutions {
  readonly solve: Procedure;
  /** But for the costates, if they take time of their own. */
  readonly predict: Procedure;
  /** Where the residuals of the dynamics are those of a prediction before. */
  readonly correct: Procedure;
}

/** Those of a system without equalities. */
export function defineRoughSolutions(
  w: Workspace,
  { rhs, lq, riccati, elimination, solveRoughly }: KktSystem,
): Solutions {
  const { program, direction } = w;
  const { stiffness, share, pull, change, multiplier } = elimination;

  /** Record to := from. */
  const take = (from: Rhs['dynamics'], to: Rhs['dynamics']): void => setVector(program, to, (i) => from.flat(i));
  /** eta of the rows where dz is 0, by row. */
  const pulls = (place: SegmentPlace, k: Parameters<SegmentPlace['boundedRow']>[0]): Real[] => {
    const values: Real[] = place.segment.rows.map(() => ZERO);
    place.boundedRows.forEach((row, i) => {
      const number = place.boundedRow(k, i);
      values[row] = program.let(pull.at(number).times(share.at(number)));
    });
    return values;
  };

  const begin = program.procedure(
    'rough.begin',
    () => {
      elimination.reduce.call();
      take(rhs.stationarity, lq.gradient);
      w.forStages((k, place) => addRows(place, k, lq.gradient, pulls(place, k)));
    },
    false,
  );

  const finish = program.procedure(
    'rough.finish',
    () => {
      take(lq.point, direction.point);
      w.forStages((k, place) => {
        const products = rowProducts(program, place, k, lq.point);
        place.boundedRows.forEach((row, i) => {
          change.at(place.boundedRow(k, i)).set(products[row]);
        });
      });
      setVector(program, multiplier, (i) => stiffness.at(i).times(change.at(i)).plus(pull.at(i)).times(share.at(i)));
      elimination.expand.call();
    },
    false,
  );

  const predict = program.procedure(
    'rough.predict',
    () => {
      begin.call();
      take(rhs.dynamics, lq.offset);
      riccati.carry.call();
      riccati.sweep.call();
      finish.call();
    },
    false,
  );

  const correct = program.procedure(
    'rough.correct',
    () => {
      begin.call();
      riccati.sweep.call();
      riccati.costates.call();
      take(lq.costate, direction.costate);
      finish.call();
    },
    false,
  );

  return { solve: solveRoughly, predict, correct };
}

/** The same solution for every purpose. */
export function alike(solve: Procedure): Solutions {
  return { solve, predict: solve, correct: solve };
}
