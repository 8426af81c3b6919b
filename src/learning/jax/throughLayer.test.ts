import { type Array as JaxArray, nn, numpy as np, tree } from '@jax-js/jax';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { connectWorker } from '../../batch';
import { PortWorker } from '../../batch/testing/portWorker';
import { build, Random, recipes } from '../../problem/testing';
import {
  exposeLayers,
  type Layer,
  type LayerOptions,
  type LayerService,
  LayerThreads,
  type OcpLayer,
  ocpLayer,
  ocpLayerOn,
  type SolveBatch,
} from '../index';
import { differencesAwaited, relativeDistance } from '../testing/differences';
import { type Chain, type ChainValue, startJax, throughLayer } from './index';

type Precision = 'float32' | 'float64';
type Activation = (x: JaxArray) => JaxArray;
type Outputs = 'u0' | 'x' | 'objective';
type Weights = { W1: JaxArray; b1: JaxArray; W2: JaxArray };

const shapes: Record<keyof Weights, number[]> = { W1: [2, 3], b1: [3], W2: [3, 2] };
const names = ['W1', 'b1', 'W2'] as const;
const sizes = names.map((name) => shapes[name].reduce((product, extent) => product * extent, 1));
const total = sizes.reduce((sum, size) => sum + size, 0);
const batch = 3;
const context = Float64Array.of(0.3, -0.7, 1.1, 0.2, -0.4, 0.9);

const array = (values: Float64Array, shape: number[], precision: Precision): JaxArray =>
  np.array(values.slice()).reshape(shape).astype(np[precision]);

/** The weights one after the other, as the network has them. */
function unpacked(values: Float64Array, precision: Precision): Weights {
  let from = 0;
  const parts = names.map((name, i) => {
    const part = values.slice(from, from + sizes[i]);
    from += sizes[i];
    return [name, array(part, shapes[name], precision)];
  });
  return Object.fromEntries(parts);
}

const packed = (weights: Weights): Float64Array =>
  Float64Array.from(names.flatMap((name) => Array.from(weights[name].dataSync())));

const recipe = fc.sample(
  recipes({ N: fc.constant(3), inequalities: fc.constant(1), soft: fc.constant(1), shape: fc.constant('curved') }),
  { numRuns: 1, seed: 5 },
)[0];

const options: LayerOptions<Outputs> = {
  inputs: ['stageCost', 'terminalCost'],
  outputs: ['u0', 'x', 'objective'],
  settings: { tolerance: 1e-11 },
};

function makeLayer(solve?: SolveBatch): OcpLayer<Outputs> {
  const made = ocpLayer(build(recipe).problem, { ...options, ...(solve && { solve }) });
  if (!made.ok) throw new Error(made.message);
  return made.layer;
}

/** A network of one hidden layer, its outputs around one; the loss is that of a regression. */
function chain(layer: Layer<Outputs>, precision: Precision, activation: Activation): Chain<Weights, Outputs> {
  const half = array(Float64Array.of(0.5), [], precision);
  const square = (x: JaxArray): JaxArray => np.sum(np.square(x));
  return {
    layer,
    network: ({ W1, b1, W2 }) => {
      const hidden = activation(np.matmul(array(context, [batch, 2], precision), W1).add(b1));
      return np
        .matmul(hidden, W2)
        .mul(half.ref)
        .add(array(Float64Array.of(1), [], precision));
    },
    loss: ({ u0, x, objective }, converged) => {
      const kept = square(u0.mul(converged.ref)).add(square(x.mul(converged.ref)));
      return kept.add(square(objective.mul(converged)).mul(half.ref));
    },
  };
}

const start = Float64Array.from(new Random(4).vector(total, 0.5));

async function valueAt(
  values: Float64Array,
  { precision, activation }: Case,
  layer: Layer<Outputs> = makeLayer(),
): Promise<ChainValue<Weights, Outputs>> {
  const weights = unpacked(values, precision);
  const value = await throughLayer(chain(layer, precision, activation), weights);
  tree.dispose(weights);
  return value;
}

interface Case {
  readonly precision: Precision;
  readonly activation: Activation;
}

beforeAll(startJax);

describe('the gradient through network, layer and loss', () => {
  // Only arithmetic of jax-js is accurate to double precision: tanh and exp are approximated to that of float32.
  it.each([
    ['in double precision', { precision: 'float64', activation: nn.softSign }, 1e-3, 1e-6],
    ['with a function that jax-js approximates', { precision: 'float64', activation: np.tanh }, 1e-2, 1e-4],
    ['in single precision', { precision: 'float32', activation: nn.softSign }, 3e-2, 3e-3],
  ] as const)('is that of finite differences %s', async (_, at, step, accuracy) => {
    const layer = makeLayer();
    const { gradient, run, layer: gradients } = await valueAt(start, at, layer);
    expect([run.failed, gradients.masked, gradients.doubtful]).toEqual([0, 0, 0]);
    const reference = await differencesAwaited(async (point) => (await valueAt(point, at, layer)).loss, start, step);
    expect(Math.max(...reference.gradient.map(Math.abs))).toBeGreaterThan(0.01);
    const found = packed(gradient);
    expect(relativeDistance(found, reference.gradient)).toBeLessThan(accuracy);
  });

  it('is the same through a layer on threads, and that of finite differences too', async () => {
    const at: Case = { precision: 'float64', activation: nn.softSign };
    const threads = new LayerThreads(2, () => {
      const worker = new PortWorker((port) => exposeLayers(() => build(recipe).problem, port));
      return connectWorker<LayerService>(worker as unknown as Worker);
    });
    const made = await ocpLayerOn(threads, { text: '', problem: build(recipe).problem }, options);
    if (!made.ok) throw new Error(made.message);
    const { loss, gradient, run, layer: gradients } = await valueAt(start, at, made.layer);
    expect([run.failed, gradients.masked, gradients.doubtful]).toEqual([0, 0, 0]);
    const here = await valueAt(start, at);
    expect(Math.abs(loss - here.loss)).toBeLessThan(1e-9);
    const found = packed(gradient);
    expect(relativeDistance(found, packed(here.gradient))).toBeLessThan(1e-8);
    const reference = await differencesAwaited(
      async (point) => (await valueAt(point, at, made.layer)).loss,
      start,
      1e-3,
    );
    expect(relativeDistance(found, reference.gradient)).toBeLessThan(1e-6);
    threads.close();
  });

  it('of an instance without a solution is nothing, and the others keep theirs', async () => {
    const at: Case = { precision: 'float64', activation: nn.softSign };
    const places = build(recipe).problem.parameters.map(({ name }) => name);
    const helper = makeLayer();
    const layer = makeLayer((instances) => {
      const values = instances.flatMap(({ inputs }) =>
        helper.inputs.map((name) => inputs.parameters[places.indexOf(name)]),
      );
      const { solutions } = helper.forward(Float64Array.from(values));
      return solutions.map((solution, i) => (i === 1 ? { ...solution, status: 'infeasible' } : solution));
    });
    const { gradient, run, layer: gradients } = await valueAt(start, at, layer);
    expect([run.failed, gradients.masked]).toEqual([1, 1]);
    const reference = await differencesAwaited(async (point) => (await valueAt(point, at, layer)).loss, start, 1e-3);
    const found = packed(gradient);
    expect(relativeDistance(found, reference.gradient)).toBeLessThan(1e-6);
    expect(relativeDistance(found, packed((await valueAt(start, at)).gradient))).toBeGreaterThan(1e-3);
  });
});
