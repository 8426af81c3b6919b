/**
 * Inverse optimal control: parameters whose optimal trajectories are those that an expert has shown. The loss is the mean squared
 * distance of states and of controls, each relative to the mean square of the expert's.
 */
import type { Evaluation, Objective } from './descent';
import type { Layer, OcpLayer } from './layer';
import type { LayerArrays } from './outputs';

/** Trajectories from several initial states. */
export interface Demonstrations {
  /** [batch][nx] */
  readonly initial: readonly (readonly number[])[];
  /** x [batch][N+1][nx], u [batch][N][nu] */
  readonly expert: LayerArrays<Shown>;
}

type Shown = 'x' | 'u';

/** A layer whose inputs are the learned parameters, in the order of theta, and then `x0`. */
export type Imitator = Layer<Shown>;

/** What someone with these parameters does from each of the initial states. */
export function act<L extends Imitator>(
  layer: L,
  theta: ArrayLike<number>,
  initial: readonly (readonly number[])[],
  samples?: readonly number[],
): ReturnType<L['forward']> {
  const values = Float64Array.from(initial.flatMap((x0) => [...Array.from(theta), ...x0]));
  return layer.forward(values, samples && { samples }) as ReturnType<L['forward']>;
}

/** What an expert with these parameters does, at which times; says how many of the initial states have no solution. */
export function demonstrate(
  layer: OcpLayer<Shown>,
  theta: ArrayLike<number>,
  initial: readonly (readonly number[])[],
): { readonly demonstrations: Demonstrations; readonly times: Float64Array; readonly failed: number } {
  const { outputs, solutions, failed } = act(layer, theta, initial);
  layer.forget();
  return { demonstrations: { initial, expert: outputs }, times: solutions[0].t, failed };
}

export function imitation(layer: Imitator, { initial, expert }: Demonstrations): Objective {
  const all = initial.map((_, i) => i);
  const sizes = { x: sumOfSquares(expert.x), u: sumOfSquares(expert.u) };
  return async (theta, samples = all): Promise<Evaluation> => {
    const chosen = samples.map((i) => initial[i]);
    const run = await act(layer, theta, chosen, samples);
    // The mean is that of the samples with a solution; of fewer each counts for more.
    const counted = samples.length - run.failed;
    const share = counted > 0 ? all.length / counted : 0;
    const distances = { x: new Float64Array(run.outputs.x.length), u: new Float64Array(run.outputs.u.length) };
    let loss = 0;
    for (const name of ['x', 'u'] as const) {
      const width = layer.width(name);
      samples.forEach((sample, place) => {
        if (!run.converged[place]) return;
        for (let i = 0; i < width; i++) {
          const distance = run.outputs[name][place * width + i] - expert[name][sample * width + i];
          loss += (share / sizes[name]) * distance ** 2;
          distances[name][place * width + i] = ((2 * share) / sizes[name]) * distance;
        }
      });
    }
    return {
      loss: counted > 0 ? loss : Number.NaN,
      failed: run.failed,
      slope: async () => {
        const { inputs, masked, doubtful } = await run.backward(distances);
        const gradient = new Float64Array(theta.length);
        inputs.forEach((value, i) => {
          const j = i % layer.inputs.length;
          if (j < gradient.length) gradient[j] += value;
        });
        return { gradient, masked, doubtful };
      },
    };
  };
}

/** At least the smallest that can be divided by. */
function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value ** 2, Number.MIN_VALUE);
}
