/** What the page of gpu.spec.ts runs: a batch on the browser's own WebGPU. */
import { GpuBatch } from '../src/batch/gpu';
import text from '../src/gallery/double-integrator-bounded.ocp?raw';
import { compileText } from '../src/language';

const COUNT = 8;

export interface GpuReport {
  readonly reason: string | null;
  readonly statuses: readonly string[];
  readonly objectives: readonly number[];
  /** Iterations of the polish. */
  readonly polish: readonly number[];
}

async function report(): Promise<GpuReport> {
  const none = (reason: string): GpuReport => ({ reason, statuses: [], objectives: [], polish: [] });
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) return none('The browser has no WebGPU adapter.');
  const compiled = compileText(text);
  if (!compiled.ok) return none('The problem does not compile.');
  const answer = await GpuBatch.compile(await adapter.requestDevice(), compiled.problem);
  if (!answer.ok) return none(answer.reason);
  const { parameters, states } = compiled.problem;
  const run = answer.batch.solve(
    Array.from({ length: COUNT }, (_, i) => ({
      parameters: Float64Array.from(parameters, ({ value }, p) => value * (1 + 0.05 * Math.sin(i + p))),
      initial: new Float64Array(states.length).fill(Number.NaN),
    })),
  );
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

declare global {
  interface Window {
    gpuReport?: Promise<GpuReport>;
  }
}
window.gpuReport = report();
