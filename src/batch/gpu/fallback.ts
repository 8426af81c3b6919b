/** A batch on the GPU, and where that cannot be or ends early, the rest of it on the CPU. */
import type { Inputs, Solution } from '../../solver';
import type { BatchSolver } from '../batchSolver';
import type { Compiled, GpuSettings } from './gpuBatch';

export interface SweptInstance {
  readonly index: number;
  readonly inputs: Inputs;
  readonly solution: Solution;
  readonly where: 'gpu' | 'cpu';
}

/** A solution for every instance; returns why the CPU took over, or null where it did not have to. */
export async function* solveWhereverPossible(
  gpu: Compiled,
  cpu: BatchSolver,
  instances: readonly Inputs[],
  settings: GpuSettings = {},
): AsyncGenerator<SweptInstance, string | null> {
  let left = instances.map((inputs, index) => ({ inputs, index }));
  let reason: string | null = null;
  if (gpu.ok) {
    const ended = gpu.batch.solve(instances, settings);
    let next = await ended.next();
    for (; !next.done; next = await ended.next()) {
      const { index, inputs, solution } = next.value;
      yield { index, inputs, solution, where: 'gpu' };
    }
    if (next.value.ok) return null;
    left = [...next.value.left];
    reason = next.value.reason;
  } else reason = gpu.reason;
  for (const { index, inputs, solution } of cpu.solve(
    left.map((instance) => instance.inputs),
    settings,
  ))
    yield { index: left[index].index, inputs, solution, where: 'cpu' };
  return reason;
}
