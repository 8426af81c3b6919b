/** Memory that several threads read and write: in Node always, in a page where it is cross-origin isolated; else null. */
export const sharedMemory = (bytes: number): SharedArrayBuffer | null =>
  typeof SharedArrayBuffer === 'undefined' ? null : new SharedArrayBuffer(bytes);
