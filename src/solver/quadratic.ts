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
import { abs, type Buffer, max, min, type Place, type Procedure, type Real, type Realish, real } from '../kernel';
import type { Barrier } from './barrier';
import type { Inertia } from './inertia';
import type { KktSystem } from './kkt';
import type { MethodState } from './methodState';
import { aimProducts } from './products';
import { addTimes, normMax, setVector } from './vectors';
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
  /** What is left of the linear equations, and what it is at the iterate. */
  const residuals: readonly (readonly [left: Buffer, atIterate: Buffer])[] = [
    [rhs.stationarity, w.residual.stationarity],
    [rhs.dynamics, w.residual.dynamics],
    [rhs.equalities, w.residual.equalities],
    [rhs.sides, w.sideResidual],
  ];
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

  const longest = (): Real => {
    barrier.limitStep.call();
    return program.let(min(barrier.primalStep, barrier.dualStep));
  };

  const residual = program.procedure(
    'qp.begin',
    () => {
      for (const [left, residual] of residuals) setVector(program, left, (i) => residual.flat(i));
      for (const vector of [step.point, step.costate, step.y]) setVector(program, vector, () => 0);
    },
    false,
  );

  const advance = program.procedure(
    'qp.advance',
    () => {
      const alpha = program.let(method.step);
      const left = program.let(alpha.negated().plus(1));
      for (const [residual] of residuals) setVector(program, residual, (i) => residual.flat(i).times(left));
      for (const name of ['point', 'costate', 'y'] as const) addTimes(program, step[name], alpha, direction[name]);
      for (const name of ['t', 'zeta', 'e', 'v'] as const) addTimes(program, iterate[name], alpha, direction[name]);
    },
    false,
  );

  /** Largest |t zeta - tau|. */
  const largestGap = (): Real => {
    const wanted = program.let(finalBarrier);
    const largest = (least: Realish, slack: Buffer, multiplier: Buffer): Real =>
      program.greatest(least, 0, slack.length, (i) => abs(slack.at(i).times(multiplier.at(i)).minus(wanted)));
    return largest(largest(0, iterate.t, iterate.zeta), iterate.e, iterate.v);
  };

  const solve = program.procedure('qp.solve', () => {
    residual.call();
    kkt.load.call();
    const share = program.variable(1);
    const left = program.variable(MAX_ITERATIONS);
    const whole = residuals.reduce<Real>((least, [residual]) => normMax(program, residual, least), real(0));
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
