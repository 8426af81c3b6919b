/** Two who learn to do as the expert does: a network in front of the MPC, and the same network without it. */
import { type Array as JaxArray, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { Objective } from '../descent';
import type { Layer, OcpLayer } from '../layer';
import type { Distance, Lesson, Question } from './lessons';
import { array, Perceptron, type Weights } from './perceptron';
import { throughLayer } from './throughLayer';

export interface Student {
  /** Weights before anything is learned, and the distance from the lessons as a function of the weights. */
  readonly start: Float64Array;
  readonly objective: Objective;
  /** First controls, question after question. */
  act(weights: Float64Array, questions: readonly Question[]): Float64Array;
  /** What is told the MPC in a context; null: there is none. */
  tell(weights: Float64Array, context: readonly number[]): Float64Array | null;
}

interface Options {
  readonly lessons: readonly Lesson[];
  readonly distance: Distance;
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[];
  readonly seed: number;
}

interface MpcOptions extends Options {
  /** Both take the parameters that are told, and then `x0`: one to learn through, one to act by. */
  readonly layer: Layer<'u0'>;
  readonly actor: OcpLayer<'u0'>;
  /** The parameters that the network's zero stands for. */
  readonly nominal: readonly number[];
}

/** p = nominal exp(network(context)), u_0 = MPC(state; p). */
export function networkAndMpc({ layer, actor, nominal, lessons, distance, hidden, seed }: MpcOptions): Student {
  const network = new Perceptron([lessons[0].context.length, ...hidden, nominal.length]);
  const told = (weights: Weights, questions: readonly Question[]): JaxArray =>
    np
      .exp(
        network.apply(
          weights,
          table(questions, ({ context }) => context),
        ),
      )
      .mul(array(Float64Array.from(nominal), [nominal.length]));
  const inputs = (weights: Weights, questions: readonly Question[]): JaxArray =>
    np.concatenate([told(weights, questions), table(questions, ({ state }) => state)], 1);
  return {
    start: network.initial(seed),
    objective: async (theta, samples) => {
      const chosen = samples?.map((i) => lessons[i]) ?? lessons;
      const weights = network.unpacked(theta);
      const {
        loss,
        gradient,
        run,
        layer: { masked, doubtful },
      } = await throughLayer(
        {
          network: (given: Weights) => inputs(given, chosen),
          layer,
          loss: ({ u0 }, converged) => distance.traced(u0, chosen, converged),
        },
        weights,
        samples && { samples },
      );
      tree.dispose(weights);
      // The mean is that of the lessons with a solution.
      const counted = chosen.length - run.failed;
      const share = counted > 0 ? chosen.length / counted : 0;
      const slope = { gradient: network.packed(gradient).map((entry) => share * entry), masked, doubtful };
      return { loss: counted > 0 ? share * loss : Number.NaN, failed: run.failed, slope: () => slope };
    },
    act: (theta, questions) => {
      const values = Float64Array.from(inputs(network.unpacked(theta), questions).dataSync());
      return actor.forward(values).outputs.u0;
    },
    tell: (theta, context) => Float64Array.from(told(network.unpacked(theta), [{ context, state: [] }]).dataSync()),
  };
}

/** u_0 = network(context, state), in the expert's measure. */
export function networkAlone({ lessons, distance, hidden, seed }: Options): Student {
  const nu = lessons[0].control.length;
  const entries = ({ context, state }: Question): number[] => [...context, ...Array.from(state)];
  const network = new Perceptron([entries(lessons[0]).length, ...hidden, nu]);
  const measure = Math.max(...lessons.flatMap(({ control }) => Array.from(control, Math.abs)));
  const act = (weights: Weights, questions: readonly Question[]): JaxArray =>
    network.apply(weights, table(questions, entries)).mul(measure);
  return {
    start: network.initial(seed),
    objective: (theta, samples) => {
      const chosen = samples?.map((i) => lessons[i]) ?? lessons;
      const all = Float64Array.from(chosen, () => 1);
      const [loss, gradient] = valueAndGrad((weights: Weights) =>
        distance.traced(act(weights, chosen), chosen, array(all, [chosen.length, 1])),
      )(network.unpacked(theta));
      const slope = { gradient: network.packed(gradient), masked: 0, doubtful: 0 };
      return { loss: loss.dataSync()[0], failed: 0, slope: () => slope };
    },
    act: (theta, questions) => Float64Array.from(act(network.unpacked(theta), questions).dataSync()),
    tell: () => null,
  };
}

/** A row for each question. */
function table(questions: readonly Question[], row: (question: Question) => ArrayLike<number>): JaxArray {
  const values = Float64Array.from(questions.flatMap((question) => Array.from(row(question))));
  return array(values, [questions.length, values.length / questions.length]);
}
