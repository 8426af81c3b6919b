export type { Executable, Module } from './ir';
export { Program, type Buffer, type Place, type Procedure, type Scratch } from './program';
export {
  abs, apply, Condition, copysign, Counter, exponent, floor, type Indexish, max, min, nearest, Real, type Realish, real, scale, select,
  significand, sqrt, ZERO,
} from './real';
export { interpret } from './interpreter';
