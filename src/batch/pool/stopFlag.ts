/**
 * A flag that another thread sees while it computes, where memory can be shared. Elsewhere there is none, and a thread
 * goes on with what it has begun.
 */
import { sharedMemory } from './sharedMemory';

export type StopFlag = Int32Array<SharedArrayBuffer>;

export function makeStopFlag(): StopFlag | null {
  const memory = sharedMemory(Int32Array.BYTES_PER_ELEMENT);
  return memory && new Int32Array(memory);
}

export const isStopped = (flag: StopFlag | null): boolean => flag !== null && Atomics.load(flag, 0) === 1;

export function setStopped(flag: StopFlag, stopped: boolean): void {
  Atomics.store(flag, 0, stopped ? 1 : 0);
}
