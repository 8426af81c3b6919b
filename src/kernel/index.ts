export { type Backend, backends, type LaneBackend, laneBackends } from './backends';
export { COUNT, counting } from './counting';
export { interpret, interpretLanes } from './interpreter';
export type { Executable, LaneExecutable, Module } from './ir';
export { LaneNumbers } from './laneNumbers';
export { GraphLowering } from './lower';
export { type Buffer, type Place, type Procedure, Program, type Scratch } from './program';
export {
  abs,
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
export {
  compileLane,
  compileLanes,
  emitWasm,
  hasFused,
  hasLanes,
  instantiate,
  instantiateLanes,
  type LaneCount,
} from './wasm';
export { bytesNeeded, emitWgsl, Instances, Kernels, type Machine, makeMachine, type Range, type Shader } from './wgsl';
