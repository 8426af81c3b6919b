/** What the page of gpu-gallery.spec.ts runs: a few instances of an example on the browser's WebGPU, and on the CPU. */
import { BatchSolver } from '../src/batch';
import { GpuBatch, requestDevice } from '../src/batch/gpu';
import { gallery } from '../src/gallery';
import { compileText } from '../src/language';
import type { Problem } from '../src/problem';

const COUNT = 2;
/** Little enough that the CPU, which starts cold, has all of them. */
const SPREAD = 0.005;

export interface Side {
  readonly status: string;
  readonly objective: number;
}

export interface GalleryReport {
  /** Why the device has none of it. */
  readonly reason: string | null;
  /** Statuses as the device left them. */
  readonly single: readonly string[];
  /** The same instances polished on the CPU. */
  readonly gpu: readonly Side[];
  readonly cpu: readonly Side[];
}

const side = ({ status, objective }: Side): Side => ({ status, objective });

function compiled(name: string): Problem {
  const answer = compileText(gallery.find((entry) => entry.name === name)?.text ?? '');
  if (!answer.ok) throw new Error(`${name} does not compile.`);
  return answer.problem;
}

async function report(name: string): Promise<GalleryReport> {
  const refused = (reason: string): GalleryReport => ({ reason, single: [], gpu: [], cpu: [] });
  const problem = compiled(name);
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) return refused('The browser has no WebGPU adapter.');
  const opened = await requestDevice(adapter);
  if (!opened.ok) return refused(opened.reason);
  const answer = await GpuBatch.compile(opened.device, problem);
  if (!answer.ok) return refused(answer.reason);
  const instances = Array.from({ length: COUNT }, (_, i) => ({
    parameters: Float64Array.from(problem.parameters, ({ value }, p) => value * (1 + SPREAD * Math.sin(3 * i + p))),
    initial: new Float64Array(problem.states.length).fill(Number.NaN),
  }));
  const single: string[] = [];
  const gpu: Side[] = [];
  const run = answer.batch.solve(instances);
  let next = await run.next();
  for (; !next.done; next = await run.next()) {
    single[next.value.index] = next.value.single.status;
    gpu[next.value.index] = side(next.value.solution);
  }
  const cpu: Side[] = [];
  for (const { index, solution } of BatchSolver.compile(compiled(name)).solve(instances)) cpu[index] = side(solution);
  opened.device.destroy();
  return { reason: next.value.ok ? null : next.value.reason, single, gpu, cpu };
}

declare global {
  interface Window {
    galleryReport?: (name: string) => Promise<GalleryReport>;
  }
}
window.galleryReport = report;
