/** A layer on threads of Node: what the same layer has on this one. */
import { afterAll, describe, expect, it } from 'vitest';
import { gallery } from '../gallery';
import { knownProblem } from '../language';
import { type LayerOptions, ocpLayer, ocpLayerOn } from '../learning';
import { relativeDistance } from '../learning/testing/differences';
import { layerThreads } from './layerThreads';

const text = gallery.find(({ name }) => name === 'pendulum-swing-up')?.text ?? '';
const problem = knownProblem(text);
const options: LayerOptions<'u' | 'objective'> = {
  inputs: ['l', 'F_max', 'x0'],
  outputs: ['u', 'objective'],
  settings: { tolerance: 1e-12 },
};
const BATCH = 6;
const values = Float64Array.from(
  Array.from({ length: BATCH }, (_, i) => [0.75 + 0.02 * i, 80, 0, Math.PI + 0.02 * i, 0.1, 0]).flat(),
);

const threads = await layerThreads(2);
afterAll(() => threads.close());

describe('a layer on two threads', () => {
  it('has outputs and gradients of the layer here, first and from its last solutions', async () => {
    const [here, made] = [ocpLayer(problem, options), await ocpLayerOn(threads, { text, problem }, options)];
    if (!here.ok || !made.ok) throw new Error('not made');
    const ones = {
      u: new Float64Array(BATCH * here.layer.width('u')).fill(1),
      objective: new Float64Array(BATCH).fill(1),
    };
    for (const scale of [1, 1.001]) {
      const at = values.map((value) => scale * value);
      const [expected, run] = [here.layer.forward(at), await made.layer.forward(at)];
      expect([expected.failed, run.failed, run.stopped]).toEqual([0, 0, '']);
      expect(relativeDistance(expected.outputs.u, run.outputs.u)).toBeLessThan(1e-9);
      expect(relativeDistance(expected.outputs.objective, run.outputs.objective)).toBeLessThan(1e-9);
      const [gradient, pulled] = [expected.backward(ones), await run.backward(ones)];
      expect([pulled.masked, pulled.doubtful]).toEqual([0, 0]);
      expect(relativeDistance(gradient.inputs, pulled.inputs)).toBeLessThan(1e-9);
      expect(run.iterations.every((count) => count < (scale === 1 ? 60 : 8))).toBe(true);
    }
  });
});
