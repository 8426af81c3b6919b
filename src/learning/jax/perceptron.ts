/**
 * A network of fully connected layers, h_{i+1} = tanh(W_i h_i + b_i), the last one linear, whose weights are also one vector:
 * layer after layer, W_i row by row and then b_i.
 */
import { type Array as JaxArray, numpy as np } from '@jax-js/jax';
import { SeededRandom } from '../../batch';

export type Dense = {
  readonly W: JaxArray;
  readonly b: JaxArray;
};

/** Layer by layer. */
export type Weights = Dense[];

export class Perceptron {
  /** `widths`: of the input, of each hidden layer, of the output. */
  constructor(private readonly widths: readonly number[]) {}

  /** Uniform, so that signals keep their size from layer to layer (Glorot & Bengio 2010, eq. 16). */
  initial(seed: number): Float64Array {
    const random = new SeededRandom(seed);
    return Float64Array.from(
      this.layers().flatMap(([from, to]) => {
        const reach = Math.sqrt(6 / (from + to));
        const weights = Array.from({ length: from * to }, () => reach * (2 * random.uniform() - 1));
        return [...weights, ...new Array<number>(to).fill(0)];
      }),
    );
  }

  /** The caller's to dispose of. */
  unpacked(packed: Float64Array): Weights {
    let at = 0;
    const take = (shape: number[]): JaxArray => {
      const size = shape.reduce((product, extent) => product * extent, 1);
      at += size;
      return array(packed.slice(at - size, at), shape);
    };
    return this.layers().map(([from, to]) => ({ W: take([from, to]), b: take([to]) }));
  }

  /** Consumes them. */
  packed(weights: Weights): Float64Array {
    return Float64Array.from(weights.flatMap(({ W, b }) => [...W.dataSync(), ...b.dataSync()]));
  }

  /** `input` [batch, first width] to [batch, last width]; consumes both. */
  apply(weights: Weights, input: JaxArray): JaxArray {
    return weights.reduce((h, { W, b }, i) => {
      const sum = np.matmul(h, W).add(b);
      return i + 1 < weights.length ? np.tanh(sum) : sum;
    }, input);
  }

  private layers(): [number, number][] {
    return this.widths.slice(1).map((to, i) => [this.widths[i], to]);
  }
}

/** In double precision. */
export function array(values: Float64Array, shape: number[]): JaxArray {
  return np.array(values).reshape(shape).astype(np.float64);
}
