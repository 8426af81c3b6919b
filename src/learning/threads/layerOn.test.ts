import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { connectWorker } from '../../batch';
import { PortWorker } from '../../batch/testing/portWorker';
import { build, places, Random, type Recipe, recipes } from '../../problem/testing';
import {
  exposeLayers,
  type LayerArrays,
  type LayerOnThreads,
  type LayerService,
  LayerThreads,
  type OcpLayer,
  ocpLayer,
  ocpLayerOn,
  type RemoteOptions,
} from '../index';
import { relativeDistance } from '../testing/differences';

const outputs = ['u0', 'x', 'u', 'objective'] as const;
type Output = (typeof outputs)[number];

const smooth = recipes({
  N: fc.integer({ min: 2, max: 4 }),
  inequalities: fc.constant(1),
  soft: fc.constantFrom(0, 1),
  equalities: fc.constantFrom(0, 1),
});

const options: RemoteOptions<Output> = { inputs: places, outputs, settings: { tolerance: 1e-12 } };

const opened: LayerThreads[] = [];
afterEach(() => {
  for (const threads of opened.splice(0)) threads.close();
});

/** Threads that are ports of this one. */
function threadsFor(recipe: Recipe, count: number): { readonly threads: LayerThreads; readonly workers: PortWorker[] } {
  const workers: PortWorker[] = [];
  const threads = new LayerThreads(count, () => {
    const worker = new PortWorker((port) => exposeLayers(() => build(recipe).problem, port));
    workers.push(worker);
    return connectWorker<LayerService>(worker as unknown as Worker);
  });
  opened.push(threads);
  return { threads, workers };
}

async function layerOn(threads: LayerThreads, recipe: Recipe): Promise<LayerOnThreads<Output>> {
  const made = await ocpLayerOn(threads, { text: '', problem: build(recipe).problem }, options);
  if (!made.ok) throw new Error(made.message);
  return made.layer;
}

function layerHere(recipe: Recipe): OcpLayer<Output> {
  const made = ocpLayer(build(recipe).problem, options);
  if (!made.ok) throw new Error(made.message);
  return made.layer;
}

function inputsOf(recipe: Recipe, batch: number): Float64Array {
  const { parameters } = build(recipe);
  const random = new Random(recipe.seed + 7);
  return Float64Array.from(
    { length: batch * parameters.length },
    (_, i) => parameters[i % parameters.length] * (1 + random.uniform(-0.03, 0.03)),
  );
}

function weightsOf(layer: OcpLayer<Output>, recipe: Recipe, batch: number): LayerArrays<Output> {
  const random = new Random(recipe.seed + 11);
  const row = (name: Output) => Float64Array.from(random.vector(batch * layer.width(name)));
  return { u0: row('u0'), x: row('x'), u: row('u'), objective: row('objective') };
}

const one = fc.sample(smooth, { numRuns: 1, seed: 3 })[0];

describe('a layer on threads', () => {
  it('has the outputs, the gradients and the counts of the same layer on this thread', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(smooth, fc.integer({ min: 1, max: 3 }), async (recipe, count) => {
        const { threads } = threadsFor(recipe, count);
        const [here, there] = [layerHere(recipe), await layerOn(threads, recipe)];
        expect(there.inputs).toEqual(here.inputs);
        const batch = 5;
        const samples = [4, 9, 2, 7, 3];
        const values = inputsOf(recipe, batch);
        values.fill(Number.NaN, 0, here.inputs.length);
        for (const epoch of [1, 2]) {
          const [expected, found] = [here.forward(values, { samples }), await there.forward(values, { samples })];
          expect(found.stopped).toBe('');
          expect([found.batch, found.failed]).toEqual([expected.batch, expected.failed]);
          expect(found.converged).toEqual(expected.converged);
          for (const name of outputs)
            expect(relativeDistance(expected.outputs[name], found.outputs[name])).toBeLessThan(1e-9);
          const weights = weightsOf(here, recipe, batch);
          const [gradient, pulled] = [expected.backward(weights), await found.backward(weights)];
          expect([pulled.masked, pulled.stopped]).toEqual([gradient.masked, '']);
          if (gradient.doubtful + pulled.doubtful === 0) {
            compared++;
            expect(relativeDistance(gradient.inputs, pulled.inputs)).toBeLessThan(1e-8);
          }
          values.forEach((value, i) => {
            values[i] = value * (1 + 1e-3 * epoch);
          });
        }
        threads.close();
      }),
      { numRuns: 4 },
    );
    expect(compared).toBeGreaterThan(3);
  });

  it('keeps the warm starts of samples where they are solved, until they are forgotten', async () => {
    const { threads } = threadsFor(one, 2);
    const [here, there] = [layerHere(one), await layerOn(threads, one)];
    const values = inputsOf(one, 3);
    const samples = [5, 6, 8];
    const total = ({ iterations }: { readonly iterations: Int32Array }) => iterations.reduce((sum, n) => sum + n, 0);
    const cold = await there.forward(values, { samples });
    expect(cold.failed).toBe(0);
    const warm = await there.forward(values, { samples: [8, 6, 5] });
    // The last of the samples that have changed places is where it was.
    expect(warm.iterations[1]).toBe(0);
    expect(total(warm)).toBeLessThan(total(cold) / 2);
    const start = here.forward(values).solutions;
    const moved = values.map((value) => value * (1 + 1e-4));
    const near = await there.forward(moved, { samples, near: start });
    const expected = here.forward(moved, { near: start });
    expect(near.outputs).toEqual(expected.outputs);
    await there.forget();
    const again = await there.forward(values, { samples });
    expect(again.iterations).toEqual(cold.iterations);
  });

  it('goes on where a thread has gone: forward anew, backward at the solutions that there were', async () => {
    const { threads, workers } = threadsFor(one, 2);
    const [here, there] = [layerHere(one), await layerOn(threads, one)];
    const values = inputsOf(one, 4);
    const weights = weightsOf(here, one, 4);
    const run = await there.forward(values);
    const before = await run.backward(weights);
    workers[0].crash('its memory was full');
    const after = await run.backward(weights);
    expect(after.stopped).toBe('');
    expect(relativeDistance(before.inputs, after.inputs)).toBeLessThan(1e-9);
    workers[1].crash('its memory was full');
    const again = await there.forward(values);
    expect([again.failed, again.stopped]).toEqual([0, '']);
    expect(relativeDistance(run.outputs.x, again.outputs.x)).toBeLessThan(1e-9);
    expect(workers).toHaveLength(4);
  });

  it('counts what a thread that keeps stopping had, and says why', async () => {
    const { problem } = build(one);
    let compiled = 0;
    const threads = new LayerThreads(2, () => {
      const worker = new PortWorker((port) =>
        exposeLayers(() => {
          if (++compiled > 2) throw new Error('there is nothing left');
          return build(one).problem;
        }, port),
      );
      workers.push(worker);
      return connectWorker<LayerService>(worker as unknown as Worker);
    });
    const workers: PortWorker[] = [];
    opened.push(threads);
    const made = await ocpLayerOn(threads, { text: '', problem }, options);
    if (!made.ok) throw new Error(made.message);
    const values = inputsOf(one, 4);
    const whole = await made.layer.forward(values);
    const weights = weightsOf(layerHere(one), one, 4);
    workers[1].crash('its memory was full');
    const run = await made.layer.forward(values);
    expect([...run.converged]).toEqual([1, 0, 1, 0]);
    expect(run.stopped).toBe('A thread of the layer stopped: there is nothing left.');
    const width = made.layer.width('x');
    expect(run.outputs.x.subarray(width, 2 * width).every((value) => value === 0)).toBe(true);
    const pulled = await run.backward(weights);
    expect([run.failed, pulled.masked, pulled.stopped]).toEqual([2, 2, '']);
    const late = await whole.backward(weights);
    expect([late.masked, late.stopped]).toEqual([2, run.stopped]);
    expect(relativeDistance(late.inputs, pulled.inputs)).toBeLessThan(1e-9);
  });

  it('is refused in words', async () => {
    const { threads, workers } = threadsFor(one, 2);
    const { problem } = build(one);
    const source = { text: '', problem };
    const message = (result: { ok: true } | { ok: false; message: string }): string =>
      result.ok ? '' : result.message;
    expect(message(await ocpLayerOn(threads, source, { inputs: ['gravity'], outputs: ['u0'] }))).toMatch(
      /There is no input "gravity"/,
    );
    expect(workers).toHaveLength(0);
    const [curved] = fc.sample(recipes({ shape: fc.constant('curved') }), { numRuns: 1, seed: 1 });
    const splitting = threadsFor(curved, 2);
    const made = await ocpLayerOn(
      splitting.threads,
      { text: '', problem: build(curved).problem },
      { inputs: ['bound'], outputs: ['u0'], method: { method: 'admm' } },
    );
    expect(message(made)).toMatch(/is for linear-quadratic problems/);
  });
});
