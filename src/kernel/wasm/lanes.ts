/**
 * What the operations on reals and conditions are in WebAssembly, for one kind of lane: everything about a body that
 * changes with the number of lanes to a value. Operands are on the stack.
 */
import type { BinaryOperation, Comparison, UnaryOperation } from '../ir';
import type { Encoder } from './encoder';

/** An opcode, or the instructions it takes; `scratch`: the first of two locals they may use. */
export type Instruction = number | ((code: Encoder, scratch: number) => void);

export interface Lanes {
  /** Lanes to a value. */
  readonly count: number;
  readonly type: number;
  readonly unary: Record<UnaryOperation, Instruction>;
  readonly binary: Record<BinaryOperation, Instruction>;
  /** Where the second operand is a literal, neither zero nor not-a-number. */
  readonly bounded: { readonly [operation in 'min' | 'max']: Instruction };
  readonly comparison: Record<Comparison, Instruction>;
  readonly and: Instruction;
  readonly or: Instruction;
  readonly not: Instruction;
  readonly select: Instruction;
  /** From an i32. */
  readonly convertIndex: Instruction;
  /** What differs between lanes has conditions of its own; null where a condition is an i32. */
  readonly masks: Masks | null;
  /** a b + c and c - a b, with one rounding or two; null where the machine is not asked for it. */
  readonly fused: { readonly madd: Instruction; readonly nmadd: Instruction } | null;
  literal(code: Encoder, value: number): void;
  load(code: Encoder, offset: number): void;
  store(code: Encoder, offset: number): void;
}

/** Conditions of several lanes: all bits of a lane set, or none. As a number, bit l stands for lane l. */
export interface Masks {
  /** From an i32 condition. */
  readonly spread: Instruction;
  readonly fromBits: Instruction;
  readonly toBits: Instruction;
  /** i32, whether any lane, and whether every lane, is set. */
  readonly any: Instruction;
  readonly every: Instruction;
  readonly xor: Instruction;
  all(code: Encoder): void;
}
