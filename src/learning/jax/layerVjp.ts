/**
 * The layer in a chain of vector-Jacobian products: what `vjp` of jax-js is for its own functions, for a solver, which it
 * cannot trace. The layer computes in double precision whatever the arrays around it have; they get their own type back. It
 * may be on other threads, so both ways are waited for.
 */
import { type Array as JaxArray, numpy as np } from '@jax-js/jax';
import type { Forward, ForwardOptions, Layer, LayerGradient } from '../layer';
import type { LayerArrays, OutputName } from '../outputs';

/** Arrays, the batch first: u0 [batch, nu], x [batch, (N+1) nx], u [batch, N nu], objective [batch, 1]. */
export type LayerTensors<O extends OutputName> = Record<O, JaxArray>;

export interface LayerVjp<O extends OutputName> {
  readonly outputs: LayerTensors<O>;
  /** 1 where the instance converged, else 0, [batch, 1]: for losses to leave out the others. */
  readonly converged: JaxArray;
  readonly run: Forward<O>;
  /** Cotangents of the outputs to that of the inputs [batch, inputs]; consumes them. */
  pull(cotangents: LayerTensors<O>): Promise<{ readonly inputs: JaxArray; readonly gradient: LayerGradient }>;
}

/** `inputs` [batch, inputs], consumed. */
export async function layerVjp<O extends OutputName>(
  layer: Layer<O>,
  inputs: JaxArray,
  options: ForwardOptions = {},
): Promise<LayerVjp<O>> {
  const { dtype } = inputs;
  const run = await layer.forward(Float64Array.from(inputs.dataSync()), options);
  const array = (values: Float64Array | Uint8Array, width: number): JaxArray =>
    np.array(Float64Array.from(values)).reshape([run.batch, width]).astype(dtype);
  const names = Object.keys(run.outputs) as O[];
  const outputs = names.map((name) => [name, array(run.outputs[name], layer.width(name))]);
  return {
    outputs: Object.fromEntries(outputs),
    converged: array(run.converged, 1),
    run,
    pull: async (cotangents) => {
      const seeds = names.map((name) => [name, Float64Array.from(cotangents[name].dataSync())]);
      const gradient = await run.backward(Object.fromEntries(seeds) as LayerArrays<O>);
      return { inputs: array(gradient.inputs, layer.inputs.length), gradient };
    },
  };
}
