export { type Backend, backends } from './backends';
export { interpret } from './interpreter';
export type { Executable, Module } from './ir';
export { GraphLowering } from './lower';
export { type Buffer, type Place, type Procedure, Program, type Scratch } from './program';
export {
  abs,
  apply,
  Condition,
  Counter,
  copysign,
  exponent,
  floor,
  type Indexish,
  max,
  min,
  nearest,
  Real,
  type Realish,
  real,
  scale,
  select,
  significand,
  sqrt,
  ZERO,
} from './real';
export { countOperations, floatingPointOperations, type Operations } from './statistics';
export { emitWasm, instantiate } from './wasm';
