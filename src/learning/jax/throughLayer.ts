/**
 * The gradient of a loss of solutions whose inputs a network computes. jax-js has no rules of one's own for derivatives, so the
 * three vector-Jacobian products are chained by hand:
 *
 *   weights --network--> inputs --layer--> outputs --loss--> number.
 */
import { type Array as JaxArray, type JsTree, numpy as np, tree, vjp } from '@jax-js/jax';
import type { Forward, ForwardOptions, Layer, LayerGradient } from '../layer';
import type { OutputName } from '../outputs';
import { type LayerTensors, layerVjp } from './layerVjp';

/** Functions as jax-js wants them: they consume their arguments, and take `.ref` of what they use again. */
export interface Chain<W extends JsTree<JaxArray>, O extends OutputName> {
  /** Inputs of the layer, [batch, inputs]. */
  network(weights: W): JaxArray;
  readonly layer: Layer<O>;
  /** A scalar. `converged` [batch, 1] is 1 where there are outputs, else 0. */
  loss(outputs: LayerTensors<O>, converged: JaxArray): JaxArray;
}

export interface ChainValue<W extends JsTree<JaxArray>, O extends OutputName> {
  readonly loss: number;
  /** Shaped as the weights; the caller's. */
  readonly gradient: W;
  readonly run: Forward<O>;
  /** Of the layer: how many instances were left out, and how many are doubtful. */
  readonly layer: LayerGradient;
}

/** Value and gradient at `weights`, which stay the caller's. */
export async function throughLayer<W extends JsTree<JaxArray>, O extends OutputName>(
  { network, layer, loss }: Chain<W, O>,
  weights: W,
  options: ForwardOptions = {},
): Promise<ChainValue<W, O>> {
  const traced = (given: JsTree<JaxArray>): JsTree<JaxArray> => network(given as W);
  const [inputs, pullNetwork] = vjp(traced, [tree.ref(weights)]);
  const { outputs, converged, run, pull } = await layerVjp(layer, inputs as JaxArray, options);
  const lost = (given: JsTree<JaxArray>): JsTree<JaxArray> => loss(given as LayerTensors<O>, converged.ref);
  const [value, pullLoss] = vjp(lost, [outputs]);
  const { dtype } = value as JaxArray;
  const [cotangents] = pullLoss(np.ones([], { dtype }));
  const pulled = await pull(cotangents as LayerTensors<O>);
  const [gradient] = pullNetwork(pulled.inputs);
  for (const owned of [pullNetwork, pullLoss, converged]) owned.dispose();
  return { loss: (value as JaxArray).dataSync()[0], gradient: gradient as W, run, layer: pulled.gradient };
}
