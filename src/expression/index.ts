/** Scalar expressions: an immutable, hash-consed graph, its derivatives and their sparsity. */
export { Graph } from './graph';
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
export { GraphLimitError } from './table';
