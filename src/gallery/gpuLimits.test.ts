/** Devices that are smaller, fuller or less able than they should be: what they cannot do, the CPU does. */
import { describe, expect, it } from 'vitest';
import { BatchSolver } from '../batch';
import { GpuBatch, type GpuSettings, solveWhereverPossible } from '../batch/gpu';
import { nodeAdapter } from '../kernel/wgsl/node';
import type { Inputs } from '../solver';
import { exampleProblem } from './testing/example';

const found = await nodeAdapter();
const problem = exampleProblem('smoothing-1d');
const COUNT = 500;

const all: readonly Inputs[] = Array.from({ length: COUNT }, (_, i) => ({
  parameters: Float64Array.from(problem.parameters, ({ value }) => value + 0.3 * Math.sin(i)),
  initial: new Float64Array(problem.states.length).fill(Number.NaN),
}));

async function newDevice(): Promise<GPUDevice> {
  const fresh = await nodeAdapter();
  if (!fresh.ok) throw new Error(fresh.reason);
  return fresh.adapter.requestDevice();
}

/** The device, but for what is changed about it. */
function changed(device: GPUDevice, changes: Partial<Record<keyof GPUDevice, unknown>>): GPUDevice {
  return new Proxy(device, {
    get(target, name) {
      if (Object.hasOwn(changes, name)) return changes[name as keyof GPUDevice];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Counts what is solved where; the reason why the CPU took over. */
async function solvedBy(device: GPUDevice, settings: GpuSettings = {}) {
  const compiled = await GpuBatch.compile(device, exampleProblem('smoothing-1d'));
  const capacity = compiled.ok ? compiled.batch.capacity : 0;
  const counts = { gpu: 0, cpu: 0 };
  const seen = new Set<number>();
  const run = solveWhereverPossible(compiled, BatchSolver.compile(problem), all, { polish: 'none', ...settings });
  let next = await run.next();
  for (; !next.done; next = await run.next()) {
    expect(next.value.solution.status).toBe('converged');
    counts[next.value.where]++;
    seen.add(next.value.index);
  }
  expect(seen.size).toBe(COUNT);
  return { counts, capacity, reason: next.value };
}

describe.skipIf(!found.ok)(found.ok ? `on ${found.name}` : `skipped: ${found.reason}`, () => {
  it('a device with small buffers takes the instances in chunks', async () => {
    const device = await newDevice();
    const whole = await solvedBy(device);
    const sizes: number[] = [];
    const createBuffer = (descriptor: GPUBufferDescriptor): GPUBuffer => {
      sizes.push(descriptor.size);
      return device.createBuffer(descriptor);
    };
    const maxBufferSize = 1 << 17;
    const limits = { maxBufferSize, maxStorageBufferBindingSize: device.limits.maxStorageBufferBindingSize };
    const small = await solvedBy(changed(device, { limits, createBuffer }));
    device.destroy();
    expect(whole.capacity).toBeGreaterThan(COUNT);
    expect(small.capacity).toBeLessThan(COUNT);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(maxBufferSize);
    for (const { counts, reason } of [whole, small]) {
      expect(counts).toEqual({ gpu: COUNT, cpu: 0 });
      expect(reason).toBeNull();
    }
  });

  /** A device that says its memory is full so many times; it asks for the scope of the memory last. */
  function full(device: GPUDevice, times: number, sizes: number[]): GPUDevice {
    let asked = 0;
    return changed(device, {
      createBuffer: (descriptor: GPUBufferDescriptor) => {
        sizes.push(descriptor.size);
        return device.createBuffer(descriptor);
      },
      popErrorScope: async () => {
        const error = await device.popErrorScope();
        return asked++ % 2 === 1 && asked <= 2 * times ? { message: 'there is no room' } : error;
      },
    });
  }

  it('a device whose memory is full gets half as many at a time', async () => {
    const device = await newDevice();
    const sizes: number[] = [];
    const { counts, reason } = await solvedBy(full(device, 2, sizes));
    device.destroy();
    expect(counts).toEqual({ gpu: COUNT, cpu: 0 });
    expect(reason).toBeNull();
    // 500 at first, then 250, then 125, in tiles of 64.
    const most = Math.max(...sizes);
    expect([1, 2, 4].map((share) => sizes.filter((size) => size === most / share).length)).toEqual([1, 1, 4]);
  });

  it('a device whose memory stays full leaves all to the CPU', async () => {
    const device = await newDevice();
    const { counts, reason } = await solvedBy(full(device, 1000, []));
    device.destroy();
    expect(counts).toEqual({ gpu: 0, cpu: COUNT });
    expect(reason).toBe('The memory of the GPU is full: there is no room');
  });

  it('a device that is lost while it computes leaves that chunk and the rest to the CPU', async () => {
    const device = await newDevice();
    let submitted = 0;
    const queue = changed(device, {}).queue;
    const counting = new Proxy(queue, {
      get(target, name) {
        if (name === 'submit' && submitted++ === 40) device.destroy();
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const { counts, reason } = await solvedBy(changed(device, { queue: counting }), { chunk: 250 });
    expect(submitted).toBeGreaterThan(40);
    expect(counts.cpu).toBeGreaterThanOrEqual(250);
    expect(counts.gpu + counts.cpu).toBe(COUNT);
    expect(reason).toContain('The GPU was lost');
  });

  it('a driver that rejects a shader leaves all to the CPU', async () => {
    const device = await newDevice();
    const rejecting = changed(device, {
      createShaderModule: ({ label, code }: GPUShaderModuleDescriptor) =>
        device.createShaderModule({ label, code: label?.includes('leaf') ? `${code}\nfn broken( {` : code }),
    });
    device.pushErrorScope('validation');
    const { counts, reason } = await solvedBy(rejecting);
    await device.popErrorScope();
    device.destroy();
    expect(counts).toEqual({ gpu: 0, cpu: COUNT });
    expect(reason).toMatch(/^The GPU does not take this problem: /);
  });
});
