/** A sweep on the GPU: chunk by chunk into the same table, as far as the device goes. */
import type { Problem } from '../../problem';
import type { DerivativeRequest, Differentiated, GpuBatch, GpuSettings } from '../gpu';
import { columnNumbers, Derivatives } from './derivatives';
import { type Keep, Recorder } from './keep';
import { inputsAt, type SweepPlan, targetOf } from './plan';
import type { Real } from './quantity';
import type { SweepOptions } from './sweep';
import { SweepTable } from './table';

export interface OnDevice {
  readonly table: SweepTable;
  /** Solutions that the ordinary solver has gone on with, in double precision. */
  readonly polished: number;
  /** Rows that are still to be solved; by `sweep`, into the same table. */
  readonly left: Int32Array;
  /** Why there are any; null where there are none, or the sweep was given up. */
  readonly reason: string | null;
}

/** Rows are told of by so many. */
const TOLD = 256;

/** What a device is to differentiate for a sweep; null: nothing is wanted. */
export function derivativesOnDevice(problem: Problem, { sensitivities }: Keep): DerivativeRequest | null {
  if (!sensitivities) return null;
  const of = sensitivities.of.flatMap((real) => differentiated(real) ?? []);
  return { of, by: columnNumbers(problem, sensitivities.by) };
}

function differentiated(real: Real): Differentiated | null {
  switch (real.kind) {
    case 'iterations':
    case 'kkt':
      return null;
    case 'objective':
      return { kind: 'objective' };
    default:
      return { kind: real.kind, index: real.index, stage: real.stage };
  }
}

/** Derivatives of instances that are polished are the ordinary solver's, of others the device's. */
export async function sweepOnDevice(
  batch: Pick<GpuBatch, 'problem' | 'solve'>,
  plan: SweepPlan,
  { signal, onRows }: Pick<SweepOptions, 'signal' | 'onRows'> = {},
  how: Pick<GpuSettings, 'polish' | 'chunk'> = {},
): Promise<OnDevice> {
  const { problem } = batch;
  const { names, values } = plan.samples;
  const targets = names.flatMap((name) => targetOf(problem, name) ?? []);
  const count = values.length / names.length;
  const table = new SweepTable(plan.keep, count);
  let derivatives: Derivatives | null = null;
  const instances = Array.from({ length: count }, (_, n) =>
    inputsAt(plan.base, targets, values.subarray(n * names.length, (n + 1) * names.length)),
  );
  let recorder = new Recorder(plan.keep, problem, TOLD);
  let rows: number[] = [];
  const tell = (): void => {
    const arrived = Int32Array.from(rows);
    table.put(arrived, recorder.columns);
    onRows?.(table, arrived);
    recorder = new Recorder(plan.keep, problem, TOLD);
    rows = [];
  };
  let polishedCount = 0;
  const unsolved = new Set(instances.keys());
  const ended = batch.solve(instances, { ...plan.settings, ...how });
  let next = await ended.next();
  for (; !next.done && !signal?.aborted; next = await ended.next()) {
    const { index, inputs, solution, polished, single } = next.value;
    const row = rows.push(index) - 1;
    if (polished) polishedCount++;
    derivatives ??= polished ? new Derivatives(() => problem, plan) : null;
    recorder.record(row, solution, polished && derivatives ? derivatives.at(inputs, solution) : null);
    if (!polished && single.derivatives) recorder.recordDerivatives(row, single.derivatives.values);
    unsolved.delete(index);
    if (rows.length === TOLD) tell();
  }
  if (rows.length > 0) tell();
  const reason = next.done && !next.value.ok ? next.value.reason : null;
  return { table, polished: polishedCount, left: Int32Array.from(unsolved), reason };
}
