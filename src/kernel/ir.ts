/**
 * The kernel language: a small SPMD intermediate form. A kernel says what one lane does; lanes are problem
 * instances, or (instance, stage) pairs. Reals and conditions belong to a lane, indices are the same in all lanes,
 * so that loops are uniform and addresses need no gather; `while` and `if` are masked by their condition.
 *
 * This file is the data; `program.ts` writes it, and every backend (interpreter, WebAssembly, WGSL) reads it.
 */

import type { LaneNumbers } from './laneNumbers';

/** Operations every target has, or has in an instruction or two. */
export type UnaryOperation =
  | 'neg'
  | 'abs'
  | 'sqrt'
  | 'floor'
  | 'nearest' // to the nearest integer, ties to even
  | 'exponent' // e of x = s 2^e with 1 <= |s| < 2, for normal x
  | 'significand'; // s of the same

export type BinaryOperation =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'min'
  | 'max'
  | 'copysign' // magnitude of the first, sign of the second; not-a-number has either sign
  | 'scale'; // first times 2^second, second a whole number in [-1022, 1023]

export type Comparison = 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne';

/** A whole number known alike to all lanes: affine in loop counters and procedure arguments. */
export type Index =
  | { readonly kind: 'literal'; readonly value: number }
  | { readonly kind: 'counter'; readonly id: number }
  | { readonly kind: 'sum'; readonly first: Index; readonly second: Index }
  | { readonly kind: 'product'; readonly first: Index; readonly factor: number };

/** A real number of the lane, in the precision of the target. */
export type RealTerm =
  | { readonly kind: 'literal'; readonly value: number }
  | { readonly kind: 'local'; readonly id: number }
  | { readonly kind: 'load'; readonly buffer: string; readonly index: Index }
  | { readonly kind: 'unary'; readonly operation: UnaryOperation; readonly operand: RealTerm }
  | {
      readonly kind: 'binary';
      readonly operation: BinaryOperation;
      readonly first: RealTerm;
      readonly second: RealTerm;
    }
  | { readonly kind: 'select'; readonly condition: ConditionTerm; readonly first: RealTerm; readonly second: RealTerm }
  | { readonly kind: 'apply'; readonly function: string; readonly operands: readonly RealTerm[] }
  | { readonly kind: 'index'; readonly index: Index };

/** A truth value of the lane. Comparisons with NaN are false, except `ne`. */
export type ConditionTerm =
  | { readonly kind: 'compare'; readonly comparison: Comparison; readonly first: RealTerm; readonly second: RealTerm }
  | { readonly kind: 'compareIndex'; readonly comparison: Comparison; readonly first: Index; readonly second: Index }
  | { readonly kind: 'and' | 'or'; readonly first: ConditionTerm; readonly second: ConditionTerm }
  | { readonly kind: 'not'; readonly operand: ConditionTerm };

export type Statement =
  | { readonly kind: 'assign'; readonly local: number; readonly value: RealTerm }
  | { readonly kind: 'store'; readonly buffer: string; readonly index: Index; readonly value: RealTerm }
  /** counter = from, from + 1, ... while < to; or, where down, to - 1, to - 2, ... while >= from. */
  | {
      readonly kind: 'for';
      readonly counter: number;
      readonly from: Index;
      readonly to: Index;
      readonly down: boolean;
      /** Whether the iterations depend on each other only through reductions: then several may be taken at once. */
      readonly independent: boolean;
      readonly reductions: readonly Reduction[];
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'if';
      readonly condition: ConditionTerm;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | { readonly kind: 'while'; readonly condition: ConditionTerm; readonly body: readonly Statement[] }
  | { readonly kind: 'call'; readonly procedure: string; readonly indices: readonly Index[] };

/** A local that gathers numbers from all iterations, in no given order: local = local operation number. */
export interface Reduction {
  readonly local: number;
  readonly operation: 'add' | 'min' | 'max';
}

/** Works on the buffers; called by the host or by other procedures with whole numbers from 0 on. Locals start at 0. */
export interface ProcedureCode {
  readonly name: string;
  /** Counter ids 0..parameters-1 are the arguments. */
  readonly parameters: number;
  readonly counters: number;
  readonly locals: number;
  readonly body: readonly Statement[];
  /** Called by the host, not only by other procedures. */
  readonly exported: boolean;
}

/** A pure function of reals: locals 0..parameters-1 are its operands. Its body uses no buffers. */
export interface FunctionCode {
  readonly name: string;
  readonly parameters: number;
  readonly counters: number;
  readonly locals: number;
  readonly body: readonly Statement[];
  readonly result: RealTerm;
}

/** Numbers in memory, row-major; each lane has its own. The emitter decides how lanes are laid out. */
export interface BufferShape {
  readonly name: string;
  readonly length: number;
  /**
   * Whether the procedures that an iteration of an independent loop calls write what they read of it: iterations taken at
   * once have one each.
   */
  readonly scratch?: boolean;
}

export interface Module {
  readonly buffers: readonly BufferShape[];
  readonly functions: readonly FunctionCode[];
  readonly procedures: readonly ProcedureCode[];
}

/** A module made runnable for several lanes side by side, each with numbers of its own. */
export interface LaneExecutable {
  readonly lanes: number;
  /** The numbers of a buffer in one lane; a view, so that writing it writes the kernel's memory. */
  numbers(lane: number, buffer: string): LaneNumbers;
  /** Run an exported procedure in the active lanes, bit l of `active` for lane l; the others stay as they are. */
  run(active: number, procedure: string, ...indices: number[]): void;
}

/** A module made runnable by one of the backends, for one lane. */
export interface Executable {
  /** The numbers of a buffer; a view, so that writing it writes the kernel's memory. */
  buffer(name: string): Float64Array;
  /** Run an exported procedure. */
  run(procedure: string, ...indices: number[]): void;
}
