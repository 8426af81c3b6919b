/**
 * Forward sensitivities by the implicit function theorem on the perturbed optimality conditions (Fiacco 1983, chapter
 * 3; Pirnay, Lopez-Negrete & Biegler 2012): the KKT matrix at the solution, with the exact Hessian, is factorised once,
 *
 *   M d(z, lambda, y, t, zeta, e, v)/dp_j = -d(residual)/dp_j,
 *
 * and solved for one column after the other. The objective's derivative is that of the Lagrangian plus what the barrier
 * holds back, df/dp = dL/dp + tau sum (dt/dp / t) + tau sum (de/dp / e), so that it belongs to the objective reported.
 */
import { jacobian, type Node, vjp } from '../expression';
import { type Buffer, type Indexish, type Place, type Procedure, type Real, real } from '../kernel';
import type { RungeKuttaDynamics } from '../problem';
import {
  bindStage,
  next,
  type SegmentPlace,
  type SolverKernels,
  scalars,
  stepDerivatives,
  type Workspace,
} from '../solver';
import { type Entry, slopeDirections, stageDerivatives, type Target } from './parameterDerivatives';

export const names = {
  prepare: 'sensitivity.prepare',
  column: (j: number) => `sensitivity.column.${j}`,
  objective: 'sensitivity.objective',
  /** The response to one side's bound moving inwards by one unit; argument: the number of the side. */
  tighten: 'sensitivity.tighten',
  /** 1 per state whose initial value is the text's expression in parameters, 0 where it was replaced. */
  expressed: 'sensitivity.expressed',
} as const;

export interface ForwardColumns {
  /** Names: parameters in order of declaration, then x0.STATE for every fixed initial state. */
  readonly columns: readonly string[];
}

export function defineForward({ workspace: w, interiorPoint: { kkt } }: SolverKernels): ForwardColumns {
  const { program } = w;
  const { problem, parameters } = w.stages;
  const gradient = program.buffer('sensitivity.gradient', parameters.length);
  const expressed = program.buffer(names.expressed, w.nx);
  const objective = w.scalar(names.objective);
  const mu = program.existing(scalars.mu);

  const signals = defineSignalDerivatives(w);
  const blocks = w.segments.map((place) => defineStageBlock(w, place, gradient, signals));
  const initial = problem.states.map(({ initial }) => (initial === null ? [] : derivativesOf(w, initial)));

  program.procedure(names.prepare, () => {
    program.each(0, parameters.length, (j) => gradient.at(j).set(0));
    signals.compute();
    w.forStages((k, place) => blocks[place.index].compute.call(k));
    initial.forEach((row, i) =>
      row.forEach((value, j) => gradient.at(j).add(value.times(w.iterate.costate.at(0, i)).times(expressed.at(i)))),
    );
    kkt.target.set(ACCURACY);
    kkt.regularisation.set(0);
    kkt.factorise.call();
  });

  const clear = program.procedure(
    'sensitivity.clear',
    () => {
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
    },
    false,
  );

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
    kkt.solve.call();
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
  return {
    columns: [...problem.parameters.map(({ name }) => name), ...w.fixed.map((i) => `x0.${problem.states[i].name}`)],
  };
}

/** Relative residual to which a column's linear system is solved, where rounding allows. */
const ACCURACY = 1e-14;

type TargetBuffers = Readonly<Record<Target, Buffer>>;

interface StageBlock {
  /** Evaluate the derivatives at stage k. */
  readonly compute: Procedure;
  /** Record the stages' entries of column j. */
  fill(j: number, rhs: TargetBuffers): void;
}

function defineStageBlock(w: Workspace, place: SegmentPlace, gradient: Buffer, signals: SignalDerivatives): StageBlock {
  const { program, stages, invariants } = w;
  const count = stages.parameters.length;
  /** gradient += value times d(input)/dp at stage k, the input being a parameter or, from np on, a signal. */
  const addGradient = (k: Indexish, input: number, value: Real): void => {
    if (input < count) gradient.at(input).add(value);
    else for (const [j, derivative] of signals.of(input - count)) gradient.at(j).add(value.times(derivative.at(k)));
  };
  const { segment } = place;
  const derivatives = stageDerivatives(w, place);
  const stored = derivatives.entries.filter((entry) => !stages.graph.isConstant(entry.value));
  const values = program.buffer(`sensitivity.entries.${place.index}`, segment.to - segment.from, stored.length);
  const offset = (k: Indexish): Indexish => (typeof k === 'number' ? k - segment.from : k.minus(segment.from));
  const position = new Map(stored.map((entry, i) => [entry, i]));
  const byInput = new Map<number, Entry[]>();
  for (const entry of derivatives.entries) {
    const known = byInput.get(entry.parameter);
    if (known) known.push(entry);
    else byInput.set(entry.parameter, [entry]);
  }
  const slope =
    segment.terminal || stages.dynamics.kind !== 'runge-kutta' ? null : defineSlope(w, stages.dynamics, place);

  const compute = program.procedure(
    `sensitivity.stage.${place.index}`,
    (k) => {
      const bindings = bindStage(w, k, place, w.iterate.point, true);
      const lowered = invariants.lower(
        [...stored.map((entry) => entry.value), ...derivatives.gradient],
        new Map([...bindings, ...derivatives.bind(k)]),
      );
      stored.forEach((_, i) => values.at(offset(k), i).set(lowered[i]));
      derivatives.gradient.forEach((_, j) => addGradient(k, j, lowered[stored.length + j]));
      const z = [...segment.variables, ...stages.signals].map((symbol) => bindings.get(symbol) as Real);
      slope?.compute(k, z, (input, value) => addGradient(k, input, value));
    },
    false,
  );

  return {
    compute,
    fill(j, rhs) {
      const inputs = [
        { input: j, derivative: null },
        ...signals.by(j).map(([s, derivative]) => ({ input: count + s, derivative })),
      ];
      for (const { input, derivative } of inputs) {
        const entries = byInput.get(input) ?? [];
        const column = slope?.parameters.indexOf(input) ?? -1;
        if (entries.length === 0 && column < 0) continue;
        w.forSegment(place, (k) => {
          const factor = derivative ? derivative.at(k) : real(1);
          for (const entry of entries) {
            const index = position.get(entry);
            const value = index === undefined ? real(stages.graph.value(entry.value)) : values.at(offset(k), index);
            placeOf(rhs, entry, k, place).add(value.times(factor));
          }
          if (column >= 0) slope?.fill(k, column, rhs, factor);
        });
      }
    },
  };
}

function placeOf(rhs: TargetBuffers, entry: Entry, k: Indexish, place: SegmentPlace): Place {
  switch (entry.target) {
    case 'stationarity':
      return rhs.stationarity.at(k, entry.row);
    case 'dynamics':
      return rhs.dynamics.at(next(k), entry.row);
    case 'sides':
      return rhs.sides.at(place.side(k, entry.row));
    case 'equalities':
      return rhs.equalities.at(place.equality(k, entry.row));
    case 'penalty':
      return rhs.penalty.at(place.softByOrder(k, entry.row));
  }
}

interface SignalDerivatives {
  /** Record their computation. */
  compute(): void;
  /** Parameters on which signal s depends, with its derivative at each stage. */
  of(signal: number): readonly (readonly [parameter: number, derivative: Buffer])[];
  /** Signals that depend on parameter j, likewise. */
  by(parameter: number): readonly (readonly [signal: number, derivative: Buffer])[];
}

/** d(signal)/dp at the stages, where it is not zero at all of them. */
function defineSignalDerivatives(w: Workspace): SignalDerivatives {
  const { program, stages, invariants } = w;
  const found = stages.signalValues.flatMap((values, signal) => {
    const entries = jacobian(stages.graph, values, stages.parameters);
    const present = [...new Set(entries.map(({ column }) => column))];
    return present.map((parameter) => ({
      signal,
      parameter,
      entries: entries.filter(({ column }) => column === parameter),
      derivative: program.buffer(`sensitivity.signal.${signal}.${parameter}`, w.N + 1),
    }));
  });
  return {
    compute() {
      for (const { entries, derivative } of found) {
        const values = invariants.lower(
          entries.map(({ value }) => value),
          new Map(),
        );
        // What is not stored here stays zero.
        entries.forEach(({ row }, i) => derivative.at(row).set(values[i]));
      }
    },
    of: (s) => found.filter(({ signal }) => signal === s).map(({ parameter, derivative }) => [parameter, derivative]),
    by: (j) => found.filter(({ parameter }) => parameter === j).map(({ signal, derivative }) => [signal, derivative]),
  };
}

/** dF/dp and d2(lambda'F)/dz dp of Runge-Kutta steps, for the parameters of the right-hand side. */
function defineSlope(w: Workspace, dynamics: RungeKuttaDynamics, place: SegmentPlace) {
  const { program, nx, nz, stages } = w;
  const { parameters, directions } = slopeDirections(w, dynamics);
  const { from, to } = place.segment;
  const tangents = program.buffer(`sensitivity.dF.${place.index}`, to - from, nx, parameters.length);
  const mixed = program.buffer(`sensitivity.dL.${place.index}`, to - from, nz, parameters.length);
  const offset = (k: Indexish): Indexish => (typeof k === 'number' ? k - from : k.minus(from));
  return {
    parameters,
    compute(k: Indexish, z: readonly Real[], addGradient: (input: number, value: Real) => void): void {
      const costate = stages.costates.map((_, i) => program.let(w.iterate.costate.at(next(k), i)));
      const step = stepDerivatives(w, dynamics, z, costate, directions);
      parameters.forEach((j, q) => {
        for (let i = 0; i < nx; i++) tangents.at(offset(k), i, q).set(step.jacobian.at(i, nz + q));
        for (let i = 0; i < nz; i++) mixed.at(offset(k), i, q).set(step.hessian.at(i, nz + q));
        const seeds = step.value.map((_, i) => costate[i] ?? real(1));
        const pull = seeds.reduce((sum, l, i) => sum.plus(l.times(step.jacobian.at(i, nz + q))), real(0));
        addGradient(j, program.let(pull));
      });
    },
    fill(k: Indexish, q: number, rhs: TargetBuffers, factor: Real): void {
      program.each(0, nx, (i) => rhs.dynamics.at(next(k), i).add(tangents.at(offset(k), i, q).times(factor)));
      program.each(0, nz, (i) => rhs.stationarity.at(k, i).add(mixed.at(offset(k), i, q).times(factor)));
    },
  };
}

/** d(node)/dp of an expression in parameters, [np]. */
function derivativesOf(w: Workspace, node: Node): Real[] {
  const { graph, parameters } = w.stages;
  const gradient = vjp(graph, [node], [graph.constant(1)], parameters);
  return w.invariants.lower(gradient, new Map());
}
