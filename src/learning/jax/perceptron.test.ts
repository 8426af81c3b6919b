import { numpy as np, valueAndGrad } from '@jax-js/jax';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { differences, relativeDistance } from '../testing/differences';
import { startJax } from './index';
import { array, Perceptron, type Weights } from './perceptron';

beforeAll(startJax);

const widths = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 });

describe('a network as one vector', () => {
  it('is what was packed', () => {
    fc.assert(
      fc.property(widths, fc.nat(), (layers, seed) => {
        const network = new Perceptron(layers);
        const weights = network.initial(seed);
        expect(weights.some((value) => value !== 0)).toBe(true);
        expect(network.packed(network.unpacked(weights))).toEqual(weights);
        expect(network.initial(seed)).toEqual(weights);
      }),
      { numRuns: 10 },
    );
  });

  it('is tanh layer by layer, the last one linear', () => {
    const network = new Perceptron([1, 1, 1]);
    const found = network.apply(network.unpacked(Float64Array.of(2, 0.5, 3, -1)), array(Float64Array.of(0.25), [1, 1]));
    expect(found.dataSync()[0]).toBeCloseTo(3 * Math.tanh(2 * 0.25 + 0.5) - 1, 5);
  });

  it('has the gradient of finite differences', () => {
    fc.assert(
      fc.property(widths, fc.nat(), (layers, seed) => {
        const network = new Perceptron(layers);
        const input = Float64Array.from({ length: 2 * layers[0] }, (_, i) => Math.sin(i + 1));
        const loss = (weights: Weights) =>
          np.sum(np.square(network.apply(weights, array(input.slice(), [2, layers[0]]))));
        const at = network.initial(seed);
        const [, gradient] = valueAndGrad(loss)(network.unpacked(at));
        const reference = differences((point) => loss(network.unpacked(point)).dataSync()[0], at, 1e-2);
        // tanh of jax-js is accurate to single precision.
        expect(relativeDistance(network.packed(gradient as Weights), reference.gradient)).toBeLessThan(1e-4);
      }),
      { numRuns: 6 },
    );
  });
});
