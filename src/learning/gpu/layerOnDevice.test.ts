/** With a real device where there is any, in software or not; where there is none, the tests say so and pass by. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeAdapter } from '../../kernel/wgsl/node';
import { build, places, Random, recipes } from '../../problem/testing';
import { type LayerOptions, ocpLayer } from '../index';
import { relativeDistance } from '../testing/differences';
import { ocpLayerOnDevice } from './index';

const outputs = ['u0', 'x', 'objective'] as const;
const BATCH = 5;

const recipe = fc.sample(
  recipes({
    nx: fc.constant(2),
    nu: fc.constant(1),
    N: fc.constant(4),
    initial: fc.constant('fixed'),
    inequalities: fc.constant(1),
    soft: fc.constant(0),
    equalities: fc.constant(0),
  }),
  { numRuns: 1, seed: 2 },
)[0];
const { problem, parameters } = build(recipe);
const options: LayerOptions<(typeof outputs)[number]> = { inputs: places, outputs, settings: { tolerance: 1e-12 } };
const random = new Random(7);
const values = Float64Array.from(
  { length: BATCH * parameters.length },
  (_, i) => parameters[i % parameters.length] * (1 + random.uniform(-0.03, 0.03)),
);

const found = await nodeAdapter();

describe.skipIf(!found.ok)(found.ok ? `on ${found.name}` : `skipped: ${found.reason}`, () => {
  it('has the outputs and gradients of the layer on the CPU, before and after the device is gone', async () => {
    if (!found.ok) return;
    const device = await found.adapter.requestDevice();
    const [here, made] = [ocpLayer(problem, options), await ocpLayerOnDevice(device, problem, options)];
    if (!here.ok || !made.ok) throw new Error('not made');
    const { layer } = made;
    const expected = here.layer.forward(values);
    const weights = {
      u0: Float64Array.from(random.vector(BATCH * layer.width('u0'))),
      x: Float64Array.from(random.vector(BATCH * layer.width('x'))),
      objective: Float64Array.from(random.vector(BATCH)),
    };
    const gradient = expected.backward(weights);
    const expectSame = async (onDevice: number, stopped: RegExp) => {
      const run = await layer.forward(values);
      expect([run.failed, run.onDevice]).toEqual([0, onDevice]);
      expect(run.deviceStopped).toMatch(stopped);
      for (const name of outputs)
        expect(relativeDistance(expected.outputs[name], run.outputs[name])).toBeLessThan(1e-9);
      const pulled = await run.backward(weights);
      expect(pulled.masked).toBe(0);
      expect(relativeDistance(gradient.inputs, pulled.inputs)).toBeLessThan(1e-8);
      return run.iterations.reduce((sum, count) => sum + count, 0);
    };
    const polished = await expectSame(BATCH, /^$/);
    expect(polished).toBeLessThan(expected.iterations.reduce((sum, count) => sum + count, 0));
    device.destroy();
    await device.lost;
    await layer.forget();
    await expectSame(0, /^The GPU was lost/);
  });
});
