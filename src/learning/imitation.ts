/**
 * Inverse optimal control: parameters whose optimal trajectories are those that an expert has shown. The loss is the mean squared
 * distance of states and of controls, each relative to the mean square of the expert's.
 */
import type { Objective } from './descent';
import type { OcpLayer } from './layer';
import type { LayerArrays } from './outputs';

/** Trajectories from several initial states. */
export interface Demonstrations {
  /** [batch][nx] */
  readonly initial: readonly (readonly number[])[];
  /** x [batch][N+1][nx], u [batch][N][nu] */
  readonly expert: LayerArrays<'x' | 'u'>;
}

/** Both take a layer whose inputs are the learned parameters, in the order of theta, and then `x0`. */
type Imitator = OcpLayer<'x' | 'u'>;

/** What an expert with these parameters does; says how many of the initial states have no solution. */
export function demonstrate(
  layer: Imitator,
  theta: ArrayLike<number>,
  initial: readonly (readonly number[])[],
): { readonly demonstrations: Demonstrations; readonly failed: number } {
  const { outputs, failed } = layer.forward(inputsOf(theta, initial));
  layer.forget();
  return { demonstrations: { initial, expert: outputs }, failed };
}

export function imitation(layer: Imitator, { initial, expert }: Demonstrations): Objective {
  const weights = { x: 1 / sumOfSquares(expert.x), u: 1 / sumOfSquares(expert.u) };
  return (theta) => {
    const run = layer.forward(inputsOf(theta, initial));
    let loss = 0;
    const cotangents = { x: new Float64Array(expert.x.length), u: new Float64Array(expert.u.length) };
    for (const name of ['x', 'u'] as const) {
      const width = layer.width(name);
      expert[name].forEach((shown, i) => {
        if (!run.converged[Math.floor(i / width)]) return;
        const distance = run.outputs[name][i] - shown;
        loss += weights[name] * distance ** 2;
        cotangents[name][i] = 2 * weights[name] * distance;
      });
    }
    const { inputs, masked, doubtful } = run.backward(cotangents);
    const gradient = new Float64Array(theta.length);
    inputs.forEach((value, i) => {
      const j = i % layer.inputs.length;
      if (j < gradient.length) gradient[j] += value;
    });
    return { loss, gradient, masked, doubtful };
  };
}

function inputsOf(theta: ArrayLike<number>, initial: readonly (readonly number[])[]): Float64Array {
  return Float64Array.from(initial.flatMap((x0) => [...Array.from(theta), ...x0]));
}

/** At least the smallest that can be divided by. */
function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value ** 2, Number.MIN_VALUE);
}
