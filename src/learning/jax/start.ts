/** jax-js made ready: on the CPU, where it has double precision. */
import { defaultDevice, init } from '@jax-js/jax';

/**
 * Before anything else of jax-js. It asks of every array of data whether it is a Float16Array, which older engines (Node before
 * 24) do not have: they are given a class that nothing is an instance of.
 */
export async function startJax(): Promise<void> {
  if (!('Float16Array' in globalThis)) Object.assign(globalThis, { Float16Array: class {} });
  await init('wasm');
  defaultDevice('wasm');
}
