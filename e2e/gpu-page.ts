/** What the page of gpu.spec.ts runs: batches on the browser's own WebGPU, one of which loses its device. */
import { BatchSolver } from '../src/batch';
import { type Compiled, GpuBatch, requestDevice, solveWhereverPossible } from '../src/batch/gpu';
import text from '../src/gallery/double-integrator-bounded.ocp?raw';
import { compileText } from '../src/language';
import type { Problem } from '../src/problem';
import type { Inputs } from '../src/solver';

const COUNT = 8;

export interface GpuReport {
  readonly reason: string | null;
  readonly statuses: readonly string[];
  readonly objectives: readonly number[];
  /** Iterations of the polish. */
  readonly polish: readonly number[];
}

export interface LossReport {
  /** Why the CPU took over. */
  readonly reason: string | null;
  /** Instance by instance: where it was solved, and how it ended. */
  readonly where: readonly string[];
  readonly statuses: readonly string[];
  readonly objectives: readonly number[];
}

interface Prepared {
  readonly problem: Problem;
  readonly instances: readonly Inputs[];
}

function prepare(): Prepared {
  const compiled = compileText(text);
  if (!compiled.ok) throw new Error('The problem does not compile.');
  const { parameters, states } = compiled.problem;
  const instances = Array.from({ length: COUNT }, (_, i) => ({
    parameters: Float64Array.from(parameters, ({ value }, p) => value * (1 + 0.05 * Math.sin(i + p))),
    initial: new Float64Array(states.length).fill(Number.NaN),
  }));
  return { problem: compiled.problem, instances };
}

async function open(problem: Problem): Promise<{ readonly compiled: Compiled; lose(): void }> {
  const refused = (reason: string) => ({ compiled: { ok: false, reason } as const, lose: () => {} });
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) return refused('The browser has no WebGPU adapter.');
  const opened = await requestDevice(adapter);
  if (!opened.ok) return refused(opened.reason);
  return { compiled: await GpuBatch.compile(opened.device, problem), lose: () => opened.device.destroy() };
}

async function report(): Promise<GpuReport> {
  const { problem, instances } = prepare();
  const { compiled } = await open(problem);
  if (!compiled.ok) return { reason: compiled.reason, statuses: [], objectives: [], polish: [] };
  const run = compiled.batch.solve(instances);
  const ended = [];
  let next = await run.next();
  for (; !next.done; next = await run.next()) ended.push(next.value);
  return {
    reason: next.value.ok ? null : next.value.reason,
    statuses: ended.map(({ single, solution }) => `${single.status}, ${solution.status}`),
    objectives: ended.map(({ solution }) => solution.objective),
    polish: ended.map(({ solution }) => solution.iterations),
  };
}

/** The device goes after the first of three chunks. */
async function reportLoss(): Promise<LossReport> {
  const { problem, instances } = prepare();
  const { compiled, lose } = await open(problem);
  const run = solveWhereverPossible(compiled, BatchSolver.compile(prepare().problem), instances, { chunk: 3 });
  const where: string[] = [];
  const statuses: string[] = [];
  const objectives: number[] = [];
  let next = await run.next();
  for (; !next.done; next = await run.next()) {
    const { index, solution } = next.value;
    where[index] = next.value.where;
    statuses[index] = solution.status;
    objectives[index] = solution.objective;
    lose();
  }
  return { reason: next.value, where, statuses, objectives };
}

declare global {
  interface Window {
    gpuReport?: () => Promise<GpuReport>;
    lossReport?: () => Promise<LossReport>;
  }
}
window.gpuReport = report;
window.lossReport = reportLoss;
