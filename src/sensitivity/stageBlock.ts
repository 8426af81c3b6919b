/** The derivatives of a stage's optimality conditions by the parameters, evaluated, stored, and put into a column. */
import { type Buffer, type Indexish, type Place, type Procedure, real, ZERO } from '../kernel';
import { bindStage, next, type SegmentPlace, type Workspace } from '../solver';
import { type Entry, stageDerivatives, type Target } from './parameterDerivatives';
import { Pulls } from './pulls';
import type { SignalDerivatives } from './signalDerivatives';
import type { StepBlock } from './stepBlock';

/** Where the derivatives of the Lagrangian are summed. */
export interface LagrangianGradient {
  /** Through the signals too, [np]. */
  readonly parameters: Buffer;
  /** [N+1][signals] */
  readonly signals: Buffer;
}

export type TargetBuffers = Readonly<Record<Target, Buffer>>;

export interface StageBlock {
  /** Evaluate the derivatives at stage k, for itself, after those of its step. */
  readonly compute: Procedure;
  /** Record the sum of the stages' shares of the Lagrangian's gradient, once all are evaluated. */
  gather(): void;
  /** Record the stages' entries of column j. */
  fill(j: number, rhs: TargetBuffers): void;
}

/** `step`: of Runge-Kutta steps, null where there is none. */
export function defineStageBlock(
  w: Workspace,
  place: SegmentPlace,
  step: StepBlock | null,
  gradient: LagrangianGradient,
  signals: SignalDerivatives,
): StageBlock {
  const { program, stages, invariants } = w;
  const count = stages.parameters.length;
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
  const pulls = new Pulls(w, place, 'sensitivity.pulls');

  const compute = program.procedure(
    `sensitivity.stage.${place.index}`,
    (k) => {
      const bindings = bindStage(w, k, place, w.iterate.point, true);
      const lowered = invariants.lower(
        [...stored.map((entry) => entry.value), ...derivatives.gradient],
        new Map([...bindings, ...derivatives.lagrangian.at(k, w.iterate)]),
      );
      stored.forEach((_, i) => values.at(offset(k), i).set(lowered[i]));
      pulls.set(k, (input) => lowered[stored.length + input].plus(step?.pull(k, input) ?? ZERO));
    },
    false,
  );

  return {
    compute,
    gather: () => pulls.gather(gradient.parameters, signals, gradient.signals),
    fill(j, rhs) {
      const through = [
        { input: j, derivative: null },
        ...signals.by(j).map(([s, derivative]) => ({ input: count + s, derivative })),
      ];
      for (const { input, derivative } of through) {
        const entries = byInput.get(input) ?? [];
        const column = step?.inputs.indexOf(input) ?? -1;
        if (entries.length === 0 && column < 0) continue;
        w.forSegment(place, (k) => {
          const factor = derivative ? derivative.at(k) : real(1);
          for (const entry of entries) {
            const index = position.get(entry);
            const value = index === undefined ? real(stages.graph.value(entry.value)) : values.at(offset(k), index);
            placeOf(rhs, entry, k, place).add(value.times(factor));
          }
          if (column >= 0) step?.fill(k, column, rhs, factor);
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
