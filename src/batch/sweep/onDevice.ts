/** A sweep on the GPU: chunk by chunk into the same table, as far as the device goes. */
import type { GpuBatch, GpuSettings } from '../gpu';
import { Derivatives } from './derivatives';
import { Recorder } from './keep';
import { inputsAt, type SweepPlan, targetOf } from './plan';
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

export async function sweepOnDevice(
  batch: GpuBatch,
  plan: SweepPlan,
  { signal, onRows }: Pick<SweepOptions, 'signal' | 'onRows'> = {},
  polish: GpuSettings['polish'] = 'all',
): Promise<OnDevice> {
  const { problem } = batch;
  const { names, values } = plan.samples;
  const targets = names.flatMap((name) => targetOf(problem, name) ?? []);
  const count = values.length / names.length;
  const table = new SweepTable(plan.keep, count);
  const derivatives = new Derivatives(() => problem, plan);
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
  const ended = batch.solve(instances, { ...plan.settings, polish });
  let next = await ended.next();
  for (; !next.done && !signal?.aborted; next = await ended.next()) {
    const { index, inputs, solution, polished } = next.value;
    if (polished) polishedCount++;
    recorder.record(rows.push(index) - 1, solution, derivatives.at(inputs, solution));
    unsolved.delete(index);
    if (rows.length === TOLD) tell();
  }
  if (rows.length > 0) tell();
  const reason = next.done && !next.value.ok ? next.value.reason : null;
  return { table, polished: polishedCount, left: Int32Array.from(unsolved), reason };
}
