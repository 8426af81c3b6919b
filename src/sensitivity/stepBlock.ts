/**
 * Derivatives of Runge-Kutta steps by the parameters of the right-hand side, evaluated, stored, and put into a column:
 * dF/dp, d2(lambda'F)/dz dp, and lambda' dF/dp of the Lagrangian. One code for all stages, whatever their constraints.
 */
import { type Indexish, type Procedure, type Real, real, ZERO } from '../kernel';
import type { RungeKuttaDynamics } from '../problem';
import { inputDerivatives, next, pointOf, type Workspace } from '../solver';
import { slopeDirections } from './parameterDerivatives';
import type { TargetBuffers } from './stageBlock';

export interface StepBlock {
  /** Numbers of the parameters, and from np on of the signals, that the right-hand side has. */
  readonly inputs: readonly number[];
  /** Evaluate the derivatives at stage k, for itself. */
  readonly compute: Procedure;
  /** The step's share of the Lagrangian's derivative by an input, once it is evaluated. */
  pull(k: Indexish, input: number): Real;
  /** Record stage k's entries of the column of the q-th input, times the factor. */
  fill(k: Indexish, q: number, rhs: TargetBuffers, factor: Real): void;
}

export function defineStepBlock(w: Workspace, dynamics: RungeKuttaDynamics): StepBlock {
  const { program, nx, nz, N, stages } = w;
  const { parameters: inputs, directions } = slopeDirections(w, dynamics);
  const tangents = program.buffer('sensitivity.dF', N, nx, inputs.length);
  const mixed = program.buffer('sensitivity.dL', N, nz, inputs.length);
  const pulls = program.buffer('sensitivity.stepPulls', N, inputs.length);
  const compute = program.procedure(
    'sensitivity.step',
    (k) => {
      const costate = stages.costates.map((_, i) => program.let(w.iterate.costate.at(next(k), i)));
      const step = inputDerivatives(w, dynamics, pointOf(w, k, w.iterate.point), costate, directions);
      const seeds = [...costate, ...Array.from({ length: dynamics.accumulators }, () => real(1))];
      inputs.forEach((_, q) => {
        for (let i = 0; i < nx; i++) tangents.at(k, i, q).set(step.tangent.at(i, q));
        for (let i = 0; i < nz; i++) mixed.at(k, i, q).set(step.mixed.at(i, q));
        pulls.at(k, q).set(seeds.reduce((sum, l, i) => sum.plus(l.times(step.tangent.at(i, q))), ZERO));
      });
    },
    false,
  );
  return {
    inputs,
    compute,
    pull(k, input) {
      const q = inputs.indexOf(input);
      return q < 0 ? ZERO : pulls.at(k, q);
    },
    fill(k, q, rhs, factor) {
      program.each(0, nx, (i) => rhs.dynamics.at(next(k), i).add(tangents.at(k, i, q).times(factor)));
      program.each(0, nz, (i) => rhs.stationarity.at(k, i).add(mixed.at(k, i, q).times(factor)));
    },
  };
}
