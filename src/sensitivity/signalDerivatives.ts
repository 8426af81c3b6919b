/** Signals depend on parameters: their derivatives at the stages. */
import { jacobian } from '../expression';
import type { Buffer } from '../kernel';
import type { Workspace } from '../solver';

export interface SignalDerivatives {
  /** Record their computation. */
  compute(): void;
  /** Parameters on which signal s depends, with its derivative at each stage. */
  of(signal: number): readonly (readonly [parameter: number, derivative: Buffer])[];
  /** Signals that depend on parameter j, likewise. */
  by(parameter: number): readonly (readonly [signal: number, derivative: Buffer])[];
}

/** d(signal)/dp at the stages, where it is not zero at all of them. */
export function defineSignalDerivatives(w: Workspace): SignalDerivatives {
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
