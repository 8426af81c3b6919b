/** Batches of example problems on whatever adapter there is; where there is none, the tests say so and pass by. */
import { describe, expect, it } from 'vitest';
import { BatchSolver } from '../batch';
import {
  type Compiled,
  type DerivativeRequest,
  GpuBatch,
  type GpuEnded,
  type GpuOptions,
  type GpuSettings,
  solveWhereverPossible,
} from '../batch/gpu';
import { nodeAdapter } from '../kernel/wgsl/node';
import type { Problem } from '../problem';
import { DifferentiableSolver } from '../sensitivity';
import type { Inputs, Solution } from '../solver';
import { exampleProblem } from './testing/example';

const found = await nodeAdapter();
const title = found.ok ? `on ${found.name}` : `skipped: ${found.reason}`;

async function newDevice(): Promise<GPUDevice> {
  const fresh = await nodeAdapter();
  if (!fresh.ok) throw new Error(fresh.reason);
  return fresh.adapter.requestDevice();
}

/** The problem's parameters, each up to `spread` smaller or larger, a little more from instance to instance. */
function instances(problem: Problem, count: number, spread: number): Inputs[] {
  return Array.from({ length: count }, (_, i) => ({
    parameters: Float64Array.from(problem.parameters, ({ value }, p) => value * (1 + spread * Math.sin(3 * i + p))),
    initial: new Float64Array(problem.states.length).fill(Number.NaN),
  }));
}

async function compiled(device: GPUDevice, problem: Problem, options: GpuOptions = {}): Promise<GpuBatch> {
  const answer = await GpuBatch.compile(device, problem, options);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.batch;
}

async function solved(batch: GpuBatch, all: readonly Inputs[], settings: GpuSettings = {}): Promise<GpuEnded[]> {
  const ended: GpuEnded[] = [];
  const run = batch.solve(all, settings);
  let next = await run.next();
  for (; !next.done; next = await run.next()) ended.push(next.value);
  expect(next.value.ok).toBe(true);
  return ended;
}

function onCpu(problem: Problem, all: readonly Inputs[]): Solution[] {
  const solutions: Solution[] = [];
  for (const { index, solution } of BatchSolver.compile(problem).solve(all)) solutions[index] = solution;
  return solutions;
}

const COUNT = 5;

describe.skipIf(!found.ok)(title, () => {
  it.each([
    ['lqr-unconstrained', 'interior-point', 0.1],
    ['double-integrator-bounded', 'interior-point', 0.1],
    ['pendulum-swing-up', 'interior-point', 0.05],
    ['smoothing-1d', 'interior-point', 0.3],
    ['chen-allgoewer', 'interior-point', 0.05],
    // Twelve states.
    ['quadrotor-point-to-point', 'interior-point', 0.02],
    ['double-integrator-bounded', 'admm', 0.1],
    ['bounded-lqr-batch', 'admm', 0.05],
  ] as const)('%s by %s has the solutions of the CPU', async (name, method, spread) => {
    const problem = exampleProblem(name);
    const device = await newDevice();
    const all = instances(problem, COUNT, spread);
    const ended = await solved(await compiled(device, problem, { method }), all);
    device.destroy();
    const expected = onCpu(problem, all);
    expect(ended.map(({ index }) => index)).toEqual(all.map((_, i) => i));
    for (const { index, solution, single, polished } of ended) {
      const { status, objective, u } = expected[index];
      expect(polished).toBe(true);
      expect(solution.status).toBe(status);
      expect(single.status).toBe(status);
      expect(single.residual).toBeLessThan(1e-3);
      expect(Math.abs(solution.objective - objective)).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(objective)));
      const size = Math.max(1, ...u.map(Math.abs));
      for (const [i, value] of solution.u.entries()) expect(Math.abs(value - u[i])).toBeLessThan(1e-6 * size);
      // The device alone is already near, so that little is left to polish.
      expect(solution.iterations).toBeLessThanOrEqual(15);
    }
  });

  it.each(['interior-point', 'admm'] as const)('derivatives by %s are those of the CPU', async (method) => {
    const problem = exampleProblem('double-integrator-bounded');
    const by = [1, 3, problem.parameters.length];
    const of: DerivativeRequest['of'] = [
      { kind: 'objective' },
      { kind: 'control', index: 0, stage: 8 },
      { kind: 'state', index: 1, stage: 20 },
    ];
    const device = await newDevice();
    const batch = await compiled(device, problem, { method, derivatives: { of, by } });
    const ended = await solved(batch, instances(problem, COUNT, 0.05), { polish: 'none' });
    device.destroy();
    const solver = DifferentiableSolver.compile(exampleProblem('double-integrator-bounded'));
    for (const { inputs, solution, polished, single } of ended) {
      expect(polished).toBe(false);
      expect(single.derivatives?.residual).toBeLessThan(1e-5);
      // The smoothed solution at the device's barrier value has these derivatives.
      expect(solver.solve(inputs, { tau: 1e-5 }, { near: solution }).status).toBe('converged');
      const { dobjective, dx, du } = solver.sensitivities({ columns: by });
      const expected = [dobjective, du.subarray(8 * by.length), dx.subarray((20 * 2 + 1) * by.length)];
      const exact = expected.flatMap((row) => [...row.subarray(0, by.length)]);
      const size = Math.max(...exact.map(Math.abs));
      const error = method === 'admm' ? 1e-2 : 1e-4;
      exact.forEach((value, i) => {
        expect(Math.abs((single.derivatives?.values[i] ?? Number.NaN) - value)).toBeLessThan(error * size);
      });
    }
  });

  it('a device that is lost in the middle leaves the rest to the CPU', async () => {
    const problem = exampleProblem('double-integrator-bounded');
    const device = await newDevice();
    const batch = await compiled(device, problem);
    const all = instances(problem, COUNT, 0.1);
    const run = solveWhereverPossible({ ok: true, batch }, BatchSolver.compile(problem), all, { chunk: 2 });
    const where: string[] = [];
    let next = await run.next();
    for (; !next.done; next = await run.next()) {
      const { index, solution } = next.value;
      expect(solution.status).toBe('converged');
      expect(where[index]).toBeUndefined();
      where[index] = next.value.where;
      device.destroy();
    }
    expect(where).toEqual(['gpu', 'gpu', 'cpu', 'cpu', 'cpu']);
    expect(next.value).toContain('GPU');
    const after = await GpuBatch.compile(device, problem);
    expect(after.ok).toBe(false);
  });
});

it('where there is no GPU the CPU does it all, and says why', async () => {
  const problem = exampleProblem('smoothing-1d');
  const none: Compiled = { ok: false, reason: 'There is no GPU here.' };
  const run = solveWhereverPossible(none, BatchSolver.compile(problem), instances(problem, 3, 0.2));
  let count = 0;
  let next = await run.next();
  for (; !next.done; next = await run.next()) {
    expect(next.value.where).toBe('cpu');
    count++;
  }
  expect(count).toBe(3);
  expect(next.value).toBe('There is no GPU here.');
});
