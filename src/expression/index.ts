/** Scalar expressions: an immutable, hash-consed graph, its derivatives and their sparsity. */
export { evaluate, substitute } from './evaluate';
export { jvp } from './forward';
export { Graph } from './graph';
export { hessian, mixedHessian } from './hessian';
export { jacobian, type SparseEntry } from './jacobian';
export {
  type Binary,
  binaries,
  type Node,
  type Nullary,
  nullaries,
  opcodes,
  type Primitive,
  primitives,
  type Unary,
  unaries,
} from './primitives';
export { text } from './print';
export { dependsOn, symbolsOf } from './reachable';
export { vjp } from './reverse';
export { GraphLimitError } from './table';
