/** A sweep goes on where the GPU does not. With a real device where there is any, in software or not. */
import { afterAll, describe, expect, it } from 'vitest';
import { grid, type Keep, quantitiesNamed, type SweepPlan } from '../batch';
import { GpuBatch } from '../batch/gpu';
import { gallery } from '../gallery';
import { nodeAdapter } from '../kernel/wgsl/node';
import { compileText } from '../language';
import type { Problem } from '../problem';
import { readSweepArguments, type SweepRequest } from './sweepArguments';
import { type Found, runSweep } from './sweepBackend';
import { sweepThreads } from './sweepThreads';

const NAME = 'double-integrator-bounded';
const COUNT = 24;
const text = gallery.find(({ name }) => name === NAME)?.text ?? '';

function compiled(): Problem {
  const answer = compileText(text);
  if (!answer.ok) throw new Error(answer.diagnostics[0]?.message);
  return answer.problem;
}

const problem = compiled();
const samples = grid([{ name: 'target', from: -0.5, to: 0.5, logarithmic: false, count: COUNT }]);
const keep: Keep = {
  quantities: ['objective', 'u0', 'status'].flatMap((word) => quantitiesNamed(problem, word) ?? []),
  sensitivities: { of: [{ kind: 'objective', name: 'objective' }], by: ['target'] },
};
const plan: SweepPlan = {
  text,
  method: {},
  settings: {},
  base: {
    parameters: Float64Array.from(problem.parameters, ({ value }) => value),
    initial: new Float64Array(problem.states.length).fill(Number.NaN),
  },
  samples,
  keep,
  warm: false,
};

function requestFor(...args: string[]): SweepRequest {
  const request = readSweepArguments(['sweep', NAME, '--grid', `target=-0.5:0.5:${COUNT}`, ...args]);
  if (request.command !== 'sweep') throw new Error('no sweep was asked for');
  return request;
}

const pool = await sweepThreads(1);
afterAll(() => pool.close());
const onCpu = await runSweep(requestFor('--backend', 'cpu'), problem, plan, pool, {});

const numbers = (ran: typeof onCpu, name: string): number[] => [...(ran.found.column(name)?.values ?? [])];

function expectSame(ran: typeof onCpu, digits: number): void {
  expect(Object.fromEntries(ran.found.statuses())).toEqual({ converged: COUNT });
  for (const name of ['objective', 'u@0', 'd objective / d target']) {
    const [found, expected] = [numbers(ran, name), numbers(onCpu, name)];
    expect(found).toHaveLength(COUNT);
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, digits);
    });
  }
}

it('runs on the threads where the GPU cannot be had, and says why', async () => {
  const refused = async (): Promise<Found> => ({ ok: false, reason: 'There is no GPU here.' });
  const ran = await runSweep(requestFor('--backend', 'gpu'), problem, plan, pool, {}, refused);
  expect(ran.remarks).toEqual(['There is no GPU here. The CPU has solved it instead.']);
  expect(ran.backend).toMatch(/^the CPU, 1 thread$/);
  expectSame(ran, 7);
});

const adapter = await nodeAdapter();

describe.skipIf(!adapter.ok)(adapter.ok ? `on ${adapter.name}` : `skipped: ${adapter.reason}`, () => {
  /** A batch on a device of its own, whose chunks of five are interrupted after each. */
  async function open(interrupt: (device: GPUDevice, solved: number) => void): Promise<Found> {
    const fresh = await nodeAdapter();
    if (!fresh.ok) return fresh;
    const device = await fresh.adapter.requestDevice();
    const answer = await GpuBatch.compile(device, compiled());
    if (!answer.ok) return answer;
    const { batch } = answer;
    return {
      ok: true,
      name: fresh.name,
      release: () => device.destroy(),
      batch: {
        problem: batch.problem,
        async *solve(instances, settings) {
          const run = batch.solve(instances, { ...settings, chunk: 5 });
          let next = await run.next();
          for (let solved = 1; !next.done; solved++) {
            yield next.value;
            interrupt(device, solved);
            next = await run.next();
          }
          return next.value;
        },
      },
    };
  }

  it('goes on where the GPU was lost in the middle, and says so', async () => {
    const lose = (device: GPUDevice, solved: number): void => {
      if (solved === 7) device.destroy();
    };
    const ran = await runSweep(requestFor('--backend', 'gpu'), problem, plan, pool, {}, () => open(lose));
    expect(ran.backend).toMatch(/^the GPU \(.*\), then the CPU, 1 thread$/);
    expect(ran.remarks).toHaveLength(1);
    expect(ran.remarks[0]).toMatch(/^The GPU was lost .* The CPU has solved the remaining 14 instances\.$/);
    expectSame(ran, 7);
  }, 120_000);

  it('solves it all, with derivatives of its own where the CPU polishes none', async () => {
    const ran = await runSweep(requestFor('--backend', 'gpu', '--polish', 'none'), problem, plan, pool, {});
    expect(ran.remarks).toEqual([]);
    expect(ran.backend).toMatch(/^the GPU \([^)]*\)+$/);
    expectSame(ran, 2);
    const exact = numbers(onCpu, 'objective');
    expect(numbers(ran, 'objective')).not.toEqual(exact);
  }, 120_000);
});
