/** Where a sweep runs: on the GPU where there is one and it is wanted, on the threads of the CPU otherwise and for the rest. */
import { existsSync } from 'node:fs';
import {
  derivativesOnDevice,
  type RemoteSweeps,
  type SweepOptions,
  type SweepPlan,
  type SweepTable,
  sweep,
  sweepOnDevice,
  type WorkerPool,
} from '../batch';
import type { GpuBatch } from '../batch/gpu';
import type { Problem } from '../problem';
import type { SweepRequest } from './sweepArguments';

export interface Ran {
  readonly found: SweepTable;
  readonly backend: string;
  readonly remarks: readonly string[];
}

/** Below, a GPU has not begun when the threads are done. */
const FEWEST_ON_GPU = 2000;
const SOFTWARE = /swiftshader|llvmpipe|lavapipe/i;

export async function runSweep(
  { backend, polish }: SweepRequest,
  problem: Problem,
  plan: SweepPlan,
  pool: WorkerPool<RemoteSweeps>,
  options: SweepOptions,
  open: typeof findGpu = findGpu,
): Promise<Ran> {
  const threads = `the CPU, ${pool.size} ${pool.size === 1 ? 'thread' : 'threads'}`;
  const count = plan.samples.values.length / plan.samples.names.length;
  const wanted = backend === 'gpu' || (backend === 'auto' && count >= FEWEST_ON_GPU && mayHaveGpu());
  const gpu = wanted ? await open(problem, plan, { real: backend === 'auto', differentiates: polish !== 'all' }) : null;
  if (!gpu?.ok) {
    const remarks = gpu && backend === 'gpu' ? [`${gpu.reason} The CPU has solved it instead.`] : [];
    return { found: await sweep(pool, problem, plan, options), backend: threads, remarks };
  }
  const { table, left, reason } = await sweepOnDevice(gpu.batch, plan, options, { polish });
  gpu.release();
  if (left.length === 0) return { found: table, backend: `the GPU (${gpu.name})`, remarks: [] };
  const found = await sweep(pool, problem, plan, { ...options, rows: left, table });
  const remarks = reason === null ? [] : [`${reason} The CPU has solved the remaining ${left.length} instances.`];
  return { found, backend: `the GPU (${gpu.name}), then ${threads}`, remarks };
}

/** Whether it is worth asking: on Linux, a GPU has a device file. */
const mayHaveGpu = (): boolean =>
  process.platform !== 'linux' || ['/dev/dri', '/dev/nvidia0'].some((path) => existsSync(path));

export type Found =
  | {
      readonly ok: true;
      readonly batch: Pick<GpuBatch, 'problem' | 'solve'>;
      readonly name: string;
      release(): void;
    }
  | { readonly ok: false; readonly reason: string };

interface Wanted {
  /** Not one that computes in software. */
  readonly real: boolean;
  /** Whether derivatives are wanted from it. */
  readonly differentiates: boolean;
}

async function findGpu(
  { solver }: Problem,
  { text, method, keep }: SweepPlan,
  { real, differentiates }: Wanted,
): Promise<Found> {
  const chosen = method.method ?? solver.method ?? 'interior-point';
  if (chosen !== 'interior-point' && chosen !== 'admm')
    return { ok: false, reason: `The GPU has no ${chosen} method.` };
  const [{ nodeAdapter }, { GpuBatch, requestDevice }, { compileText }] = await Promise.all([
    import('../kernel/wgsl/node'),
    import('../batch/gpu'),
    import('../language'),
  ]);
  const found = await nodeAdapter();
  if (!found.ok) return found;
  if (real && SOFTWARE.test(found.name)) return { ok: false, reason: 'There is no GPU here.' };
  const opened = await requestDevice(found.adapter);
  if (!opened.ok) return opened;
  // The problem afresh: its graph takes the derivatives of one solver after the other.
  const compiled = compileText(text);
  if (!compiled.ok) return { ok: false, reason: 'The text has no problem for the GPU.' };
  const { problem } = compiled;
  const derivatives = differentiates ? derivativesOnDevice(problem, keep) : null;
  const answer = await GpuBatch.compile(opened.device, problem, { method: chosen, derivatives });
  return answer.ok ? { ...answer, name: found.name, release: () => opened.device.destroy() } : answer;
}
