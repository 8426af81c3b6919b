/**
 * Explicit Runge-Kutta methods. For stage i of a substep that starts at X, the step size included in the slope f,
 *
 *   X_i = X + sum_j a_ij K_j,   K_i = f(X_i, u),           X+ = X + sum_i b_i K_i,
 *   D_i = D + sum_j a_ij DK_j,  DK_i = f_x D_i + [0 f_u],  D+ = D + sum_i b_i DK_i,    D = dX/d(directions),
 *
 * and, backwards with the costate w of X+ (Hairer, Lubich & Wanner, Geometric Numerical Integration, VI.10),
 *
 *   kappa_i = b_i w + sum_{j>i} a_ji xi_j,   xi_i = f_x' kappa_i,   w <- w + sum_i xi_i.
 *
 * The Hessian of w'X+ is the sum over all stages of [D_i; E]' (kappa_i . f_zz) [D_i; E] with E = du/d(directions):
 * f is the only nonlinear part, and kappa_i its adjoint. Along a direction, kappadot_i follows the recursion of kappa_i with
 * xidot_i for xi_i (see along.ts).
 */
import type { Real } from '../../kernel';
import type { RungeKuttaDynamics } from '../../problem';
import type { Workspace } from '../workspace';
import { bindDirection, pullAlong, type StageAlong } from './along';
import { type Block, block, chain } from './block';
import { stateDirections } from './directions';
import { dense } from './matrices';
import {
  addPulled,
  bindStage,
  combine,
  type ExplicitMethod,
  innerStates,
  type MethodStage,
  pullBack,
  stageAdjoint,
} from './method';
import { type EliminatedStage, eliminateStages } from './stageElimination';

export function explicitMethod(w: Workspace, dynamics: RungeKuttaDynamics): ExplicitMethod {
  const { program, nx, nu, nz } = w;
  const inner = innerStates(w, dynamics);
  const { a, b } = dynamics.tableau;
  /** From the last stage to the first: `pull` gives xi from kappa. Returns the costate of X. */
  const pullAll = (
    stages: readonly MethodStage[],
    seed: readonly Real[],
    pull: (stage: MethodStage, kappa: Real[], s: number) => Real[],
  ): Real[] => {
    const xi: Real[][] = stages.map(() => []);
    for (let s = stages.length - 1; s >= 0; s--) {
      const kappa = seed.map((value, i) => {
        let sum = value.times(b[s]);
        for (let j = s + 1; j < stages.length; j++) if (i < nx) sum = sum.plus(xi[j][i].times(a[j][s]));
        return program.let(sum);
      });
      xi[s] = pull(stages[s], kappa, s);
    }
    return addPulled(seed, xi);
  };

  return {
    unsolved: null,

    advance(start, controls) {
      const slopes: Real[][] = [];
      for (const row of a) {
        const state = combine(w, start, row, slopes);
        const lowering = w.invariants.lowering(bindStage(w, dynamics, state, controls, []));
        slopes.push(lowering.lower(dynamics.slope).map((k) => program.let(k)));
      }
      return combine(w, start, b, slopes);
    },

    forward(start, startTangent, controls, directions) {
      const { columns, jacobian } = directions;
      const slopes: Real[][] = [];
      const slopeTangents: Block[] = [];
      const stages: MethodStage[] = [];
      const combined = (weights: readonly number[], name: string): Block =>
        slopeTangents.every((_, j) => (weights[j] ?? 0) === 0)
          ? startTangent
          : block(program, name, inner, columns, (i, j) =>
              slopeTangents.reduce((sum, k, s) => sum.plus(k.at(i, j).times(weights[s] ?? 0)), startTangent.at(i, j)),
            );
      for (const [s, row] of a.entries()) {
        const state = combine(w, start, row, slopes);
        const tangent = combined(row, `tangent.${s}`);
        const lowering = w.invariants.lowering(bindStage(w, dynamics, state, controls, []));
        const values = lowering
          .lower([...dynamics.slope, ...jacobian.map((entry) => entry.value)])
          .map((value) => program.let(value));
        slopes.push(values.slice(0, inner));
        slopeTangents.push(
          chain(program, `slope.${s}`, { rows: inner, columns, nx, inner }, jacobian, values.slice(inner), tangent),
        );
        stages.push({ lowering, tangent, jacobian: values.slice(inner) });
      }
      return { stages, end: combine(w, start, b, slopes), endTangent: combined(b, 'tangent.end') };
    },

    backward({ stages }, seed, hessian, directions) {
      return pullAll(stages, seed, (stage, kappa) => pullBack(w, dynamics, stage, kappa, hessian, directions));
    },

    secondOrder(m, { stages }, seed) {
      const directions = stateDirections(w, dynamics);
      const eliminated: EliminatedStage[] = [];
      const before = pullAll(stages, seed, (stage, kappa, s) => {
        const { pulled, curvature } = stageAdjoint(w, dynamics, stage, kappa, directions);
        const weight = a[s + 1]?.[s] ?? 0;
        const slope = dense(inner, nz, directions.jacobian, stage.jacobian).slice(0, nx);
        const second = dense(nz, nz, directions.curvature, curvature);
        eliminated[s] = {
          g: m.make(nx, nx, (i, j) => slope[i][j].times(weight)),
          b: m.make(nx, nu, (i, j) => slope[i][nx + j].times(weight)),
          curvature: {
            yy: m.symmetric(nx, (i, j) => second[i][j]),
            yu: m.make(nx, nu, (i, j) => second[i][nx + j]),
            uu: m.symmetric(nu, (i, j) => second[nx + i][nx + j]),
          },
        };
        return pulled;
      });
      return { seed: before, curvature: eliminateStages(m, nx, nu, eliminated) };
    },

    along(start, startDot, controls, direction) {
      const slopes: Real[][] = [];
      const slopeDots: Real[][] = [];
      const stages: StageAlong[] = a.map((row) => {
        const lowering = w.invariants.lowering(bindStage(w, dynamics, combine(w, start, row, slopes), controls, []));
        lowering.bind(direction.functions.xDot, combine(w, startDot, row, slopeDots));
        bindDirection(lowering, direction);
        const values = lowering.lower([...dynamics.slope, ...direction.functions.slopeDot]).map((k) => program.let(k));
        slopes.push(values.slice(0, inner));
        slopeDots.push(values.slice(inner));
        return { lowering };
      });
      return { stages, end: combine(w, start, b, slopes), endDot: combine(w, startDot, b, slopeDots) };
    },

    adjointAlong({ stages }, { seed, seedDot }, direction, gather) {
      const xi: Real[][] = stages.map(() => []);
      const xiDot: Real[][] = stages.map(() => []);
      for (let s = stages.length - 1; s >= 0; s--) {
        const adjoint = (values: readonly Real[], pulled: readonly (readonly Real[])[]): Real[] =>
          values.map((value, i) => {
            let sum = value.times(b[s]);
            for (let j = s + 1; j < stages.length; j++) if (i < nx) sum = sum.plus(pulled[j][i].times(a[j][s]));
            return program.let(sum);
          });
        const { lowering } = stages[s];
        lowering.bind(dynamics.seeds, adjoint(seed, xi));
        const pulled = lowering.lower([...dynamics.pullback, ...direction.functions.curvature]);
        const values = pulled.map((value) => program.let(value));
        xi[s] = values.slice(0, nx);
        const changed = pullAlong(w, stages[s], direction, adjoint(seedDot, xiDot), gather);
        xiDot[s] = changed.map((value, i) => program.let(value.plus(values[nx + i])));
      }
      return { seed: addPulled(seed, xi), seedDot: addPulled(seedDot, xiDot) };
    },
  };
}
