/**
 * Forward sensitivities by the implicit function theorem on the perturbed optimality conditions (Fiacco 1983, chapter
 * 3; Pirnay, Lopez-Negrete & Biegler 2012): the KKT matrix at the solution, with the exact Hessian, is factorised once,
 *
 *   M d(z, lambda, y, t, zeta, e, v)/dp_j = -d(residual)/dp_j,
 *
 * and solved for one column after the other. The objective's derivative is that of the Lagrangian plus what the barrier
 * holds back, df/dp = dL/dp + tau sum (dt/dp / t) + tau sum (de/dp / e), so that it belongs to the objective reported.
 */
import { type Node, vjp } from '../expression';
import type { Buffer, Procedure, Real } from '../kernel';
import { type SolverKernels, scalars, type Workspace } from '../solver';
import { defineSignalDerivatives, type SignalDerivatives } from './signalDerivatives';
import { defineStageBlock } from './stageBlock';
import { defineStepBlock } from './stepBlock';

export const names = {
  /** Factorise the KKT matrix at the solution; before all that follows. */
  prepare: 'sensitivity.prepare',
  /** Evaluate the derivatives by the parameters that the columns are made of. */
  differentiate: 'sensitivity.differentiate',
  column: (j: number) => `sensitivity.column.${j}`,
  /** Set the right-hand side to zero. */
  clear: 'sensitivity.clear',
  objective: 'sensitivity.objective',
  /** Of the Lagrangian by the parameters, [np]. */
  gradient: 'sensitivity.gradient',
  /** The response to one side's bound moving inwards by one unit; argument: the number of the side. */
  tighten: 'sensitivity.tighten',
  /** 1 per state whose initial value is the text's expression in parameters, 0 where it was replaced. */
  expressed: 'sensitivity.expressed',
} as const;

/** What the columns and the derivatives along a direction have in common. */
export interface ParameterKernels {
  readonly signals: SignalDerivatives;
  /** dL/d(signals), [N+1][signals]. */
  readonly signalGradient: Buffer;
  /** d(initial value)/dp for each state that has one, [states][np or 0]. */
  readonly initial: readonly (readonly Real[])[];
  readonly expressed: Buffer;
}

export function defineForward({ workspace: w, interiorPoint: { kkt } }: SolverKernels): ParameterKernels {
  const { program } = w;
  const { problem, parameters, dynamics } = w.stages;
  const gradient = program.buffer(names.gradient, parameters.length);
  const signalGradient = program.buffer('sensitivity.signalGradient', w.N + 1, w.stages.signals.length);
  const expressed = program.buffer(names.expressed, w.nx);
  const objective = w.scalar(names.objective);
  const mu = program.existing(scalars.mu);

  const signals = defineSignalDerivatives(w);
  const sums = { parameters: gradient, signals: signalGradient };
  const step = dynamics.kind === 'runge-kutta' ? defineStepBlock(w, dynamics) : null;
  const blocks = w.segments.map((place) =>
    defineStageBlock(w, place, place.segment.terminal ? null : step, sums, signals),
  );
  const initial = problem.states.map(({ initial }) => (initial === null ? [] : derivativesOf(w, initial)));

  program.procedure(names.prepare, () => {
    signals.compute();
    kkt.target.set(ACCURACY);
    kkt.regularisation.set(0);
    kkt.load.call();
    kkt.factorise.call();
  });

  program.procedure(names.differentiate, () => {
    program.each(0, parameters.length, (j) => gradient.at(j).set(0));
    program.for(0, w.N + 1, (k) => w.stages.signals.forEach((_, s) => signalGradient.at(k, s).set(0)));
    if (step) program.forEach(0, w.N, (k) => step.compute.call(k));
    w.forEachStage((k, place) => blocks[place.index].compute.call(k));
    for (const block of blocks) block.gather();
    initial.forEach((row, i) =>
      row.forEach((value, j) => gradient.at(j).add(value.times(w.iterate.costate.at(0, i)).times(expressed.at(i)))),
    );
  });

  const clear = program.procedure(names.clear, () => {
    program.for(0, w.N + 1, (k) => {
      program.each(0, w.nz, (i) => kkt.rhs.stationarity.at(k, i).set(0));
      program.each(0, w.nx, (i) => kkt.rhs.dynamics.at(k, i).set(0));
    });
    program.for(0, w.equalities, (i) => kkt.rhs.equalities.at(i).set(0));
    program.for(0, w.sides, (i) => {
      kkt.rhs.sides.at(i).set(0);
      kkt.rhs.complementarity.at(i).set(0);
    });
    program.for(0, w.softSides, (i) => {
      kkt.rhs.penalty.at(i).set(0);
      kkt.rhs.violation.at(i).set(0);
    });
  });

  /** After the column is solved: the objective's derivative, `direct` that of the Lagrangian. */
  const finish = program.procedure(
    'sensitivity.finish',
    () => {
      const held = program.variable(0);
      program.for(0, w.sides, (i) => held.add(w.direction.t.at(i).over(w.iterate.t.at(i))));
      program.for(0, w.softSides, (i) => held.add(w.direction.e.at(i).over(w.iterate.e.at(i))));
      objective.add(mu.times(held));
    },
    false,
  );

  const column = (name: string, direct: Real, fill: () => void): Procedure =>
    program.procedure(name, () => {
      clear.call();
      fill();
      objective.set(direct);
      kkt.solve.call();
      finish.call();
    });

  program.procedure(names.tighten, (side) => {
    clear.call();
    kkt.rhs.sides.at(side).set(1);
    kkt.solveRoughly.call();
  });
  parameters.forEach((_, j) =>
    column(names.column(j), gradient.at(j), () => {
      for (const block of blocks) block.fill(j, kkt.rhs);
      initial.forEach((row, i) => {
        if (row.length > 0) kkt.rhs.dynamics.at(0, i).set(row[j].times(expressed.at(i)));
      });
    }),
  );
  w.fixed.forEach((i, place) =>
    column(names.column(parameters.length + place), w.iterate.costate.at(0, i), () => kkt.rhs.dynamics.at(0, i).set(1)),
  );
  return { signals, signalGradient, initial, expressed };
}

/** Names: parameters in order of declaration, then x0.STATE for every fixed initial state. */
export function columnNames({ stages: { problem }, fixed }: Workspace): string[] {
  return [...problem.parameters.map(({ name }) => name), ...fixed.map((i) => `x0.${problem.states[i].name}`)];
}

/** Relative residual to which a column's linear system is solved, where rounding allows. */
const ACCURACY = 1e-13;

/** d(node)/dp of an expression in parameters, [np]. */
function derivativesOf(w: Workspace, node: Node): Real[] {
  const { graph, parameters } = w.stages;
  const gradient = vjp(graph, [node], [graph.constant(1)], parameters);
  return w.invariants.lower(gradient, new Map());
}
