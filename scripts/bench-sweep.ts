/**
 * Solves a second of sweeps on the GPU, by batch size: `npm run bench:sweep [-- PROBLEM ...] [--most 65536] [--json]`.
 * Each instance is an example problem with its parameters moved by up to 10 %, solved cold: by the interior point and,
 * where the problem is linear-quadratic, by operator splitting, on the GPU and on one thread of the CPU. On a machine without a GPU
 * the software adapter of Chromium serves, and the batches stay small. `--pool [--starts FILE]`: on threads instead; the
 * file has initial states, an array of arrays.
 */
import '../src/cli/fused';
import { BatchSolver } from '../src/batch';
import { type DeviceMethod, GpuBatch, type GpuEnded, type GpuTimes, requestDevice } from '../src/batch/gpu';
import { gallery } from '../src/gallery/node';
import { nodeAdapter } from '../src/kernel/wgsl/node';
import { compileText } from '../src/language';
import { curvedPart, type Problem } from '../src/problem';
import type { Inputs } from '../src/solver';
import { benchPool } from './bench/pool';

const SPREAD = 0.1;
/** Single-precision residuals at these shares of the batch. */
const QUANTILES = [0.5, 0.9, 0.99, 1] as const;
const SOFTWARE = /swiftshader|llvmpipe|lavapipe/i;
const CPU_INSTANCES = 200;
const DEFAULT = ['pendulum-swing-up', 'double-integrator-bounded'];

interface Row {
  readonly problem: string;
  readonly method: DeviceMethod;
  readonly batch: number;
  /** Whole solves on the device a second, transfers included, and of those alone that converged there. */
  readonly solvesPerSecond: number;
  readonly converged: number;
  /** Share that the ordinary solver took over, and milliseconds it took for all of them. */
  readonly polished: number;
  /** On the device, at the mean; of operator splitting, rounds. */
  readonly iterations: number;
  readonly residuals: readonly number[];
  readonly times: GpuTimes;
}

function instances(problem: Problem, count: number): Inputs[] {
  return Array.from({ length: count }, (_, i) => ({
    parameters: Float64Array.from(problem.parameters, ({ value }, p) => value * (1 + SPREAD * Math.sin(3 * i + 7 * p))),
    initial: new Float64Array(problem.states.length).fill(Number.NaN),
  }));
}

async function measure(name: string, method: DeviceMethod, batch: GpuBatch, count: number): Promise<Row> {
  const run = batch.solve(instances(batch.problem, count), { polish: 'marked' });
  const ended: GpuEnded['single'][] = [];
  let polished = 0;
  let next = await run.next();
  for (; !next.done; next = await run.next()) {
    ended.push(next.value.single);
    if (next.value.polished) polished++;
  }
  if (!next.value.ok) throw new Error(next.value.reason);
  const { times } = next.value;
  const residuals = ended.map(({ residual }) => residual).sort((a, b) => a - b);
  const converged = ended.filter(({ status }) => status === 'converged').length;
  const seconds = (times.upload + times.solve + times.download) / 1000;
  return {
    problem: name,
    method,
    batch: count,
    solvesPerSecond: converged / seconds,
    converged: converged / count,
    polished: polished / count,
    iterations: ended.reduce((sum, { iterations }) => sum + iterations, 0) / count,
    residuals: QUANTILES.map((share) => residuals[Math.min(count - 1, Math.floor(share * count))]),
    times,
  };
}

/** Solves a second of one thread of the CPU on the same problem, to the end: splitting is polished there. */
function onCpu(problem: Problem, method: DeviceMethod): number {
  const solver = BatchSolver.compile(problem, { method });
  const all = instances(problem, CPU_INSTANCES);
  for (const _ of solver.solve(all.slice(0, CPU_INSTANCES / 4)));
  const began = performance.now();
  let converged = 0;
  for (const { solution } of solver.solve(all)) if (solution.status === 'converged') converged++;
  return (converged / (performance.now() - began)) * 1000;
}

const percent = (share: number): string => `${(100 * share).toFixed(share === 1 ? 0 : 1)} %`;

function print(row: Row): void {
  const parts = Object.entries(row.times).map(([part, ms]) => `${part} ${ms.toFixed(0)}`);
  console.log(
    [
      row.problem.padEnd(28),
      row.method.padEnd(14),
      String(row.batch).padStart(6),
      `${row.solvesPerSecond.toFixed(0).padStart(8)}/s`,
      `converged ${percent(row.converged)}`,
      `polished ${percent(row.polished)}`,
      `iterations ${row.iterations.toFixed(1)}`,
      `residuals ${row.residuals.map((value) => value.toExponential(1)).join(' ')}`,
      `ms: ${parts.join(', ')}`,
    ].join('  '),
  );
}

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  const json = words.includes('--json');
  const limit = words.indexOf('--most');
  const starts = words.indexOf('--starts');
  const isValue = (i: number): boolean => [limit, starts].some((at) => at >= 0 && i === at + 1);
  const wanted = words.filter((word, i) => !word.startsWith('--') && !isValue(i));
  if (words.includes('--pool')) {
    const { name, text } = gallery.find((entry) => wanted.includes(entry.name)) ?? gallery[0];
    return benchPool(name, text, starts < 0 ? null : words[starts + 1], json);
  }
  const found = await nodeAdapter();
  if (!found.ok) {
    console.log(found.reason);
    return 1;
  }
  const software = SOFTWARE.test(found.name);
  const most = limit >= 0 ? Number(words[limit + 1]) : software ? 1024 : 65_536;
  const opened = await requestDevice(found.adapter);
  if (!opened.ok) {
    console.log(opened.reason);
    return 1;
  }
  if (!json)
    console.log(`${found.name}${software ? ' (in software)' : ''}; residuals at ${QUANTILES.map(percent).join(', ')}`);
  const chosen = gallery.filter(({ name }) => (wanted.length > 0 ? wanted : DEFAULT).includes(name));
  const rows: Row[] = [];
  for (const { name, text } of chosen)
    for (const method of ['interior-point', 'admm'] as const) {
      const compiled = compileText(text);
      if (!compiled.ok || (method === 'admm' && curvedPart(compiled.problem) !== null)) continue;
      const answer = await GpuBatch.compile(opened.device, compiled.problem, { method });
      if (!answer.ok) {
        console.log(`${name}: ${answer.reason}`);
        continue;
      }
      const { batch } = answer;
      if (!json)
        console.log(
          `${name}, ${method}: ${batch.capacity} instances at once; one thread of the CPU ${onCpu(compiled.problem, method).toFixed(0)}/s`,
        );
      for (let count = 1; count <= most; count *= 4) {
        const row = await measure(name, method, batch, count);
        rows.push(row);
        if (!json) print(row);
      }
    }
  if (json) console.log(JSON.stringify({ adapter: found.name, rows }, null, 2));
  return 0;
}

// Dawn keeps Node alive.
process.exit(await main());
