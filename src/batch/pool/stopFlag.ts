/**
 * A flag that another thread sees while it computes, where memory can be shared: in Node always, in a page where it is
 * cross-origin isolated. Elsewhere there is none, and a thread goes on with what it has begun.
 */
export type StopFlag = Int32Array<SharedArrayBuffer>;

export function makeStopFlag(): StopFlag | null {
  return typeof SharedArrayBuffer === 'undefined' ? null : new Int32Array(new SharedArrayBuffer(4));
}

export const isStopped = (flag: StopFlag | null): boolean => flag !== null && Atomics.load(flag, 0) === 1;

export function setStopped(flag: StopFlag, stopped: boolean): void {
  Atomics.store(flag, 0, stopped ? 1 : 0);
}
