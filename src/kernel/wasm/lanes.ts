/**
 * What the operations on reals and conditions are in WebAssembly, for one kind of lane: everything about a body that
 * changes with the number of lanes to a value. Operands are on the stack; a condition of a scalar lane is an i32.
 */
import type { BinaryOperation, Comparison, UnaryOperation } from '../ir';
import type { Encoder } from './encoder';
import { Opcode, Type } from './opcodes';

type Emit = (code: Encoder) => void;

export interface Lanes {
  readonly type: number;
  readonly unary: Record<UnaryOperation, Emit>;
  readonly binary: Record<BinaryOperation, Emit>;
  readonly comparison: Record<Comparison, Emit>;
  readonly and: Emit;
  readonly or: Emit;
  readonly not: Emit;
  readonly select: Emit;
  /** From an i32. */
  readonly convertIndex: Emit;
  literal(code: Encoder, value: number): void;
  load(code: Encoder, offset: number): void;
  store(code: Encoder, offset: number): void;
}

const SIGN_AND_FRACTION = -0x7ff0000000000001n;
const EXPONENT_OF_ONE = 0x3ff0000000000000n;
const ALIGNMENT_LOG2 = 3;

const one =
  (opcode: number): Emit =>
  (code) =>
    code.byte(opcode);

function long(code: Encoder, value: bigint): void {
  code.byte(Opcode.i64Const);
  code.signedLong(value);
}

function integer(code: Encoder, value: number): void {
  code.byte(Opcode.i32Const);
  code.signed(value);
}

/** (bits >> 52 & 0x7ff) - 1023 */
function exponent(code: Encoder): void {
  code.byte(Opcode.i64ReinterpretF64);
  long(code, 52n);
  code.byte(Opcode.i64ShrU);
  code.byte(Opcode.i32WrapI64);
  integer(code, 0x7ff);
  code.byte(Opcode.i32And);
  integer(code, 1023);
  code.byte(Opcode.i32Sub);
  code.byte(Opcode.f64ConvertI32S);
}

function significand(code: Encoder): void {
  code.byte(Opcode.i64ReinterpretF64);
  long(code, SIGN_AND_FRACTION);
  code.byte(Opcode.i64And);
  long(code, EXPONENT_OF_ONE);
  code.byte(Opcode.i64Or);
  code.byte(Opcode.f64ReinterpretI64);
}

/** Added to a whole number n, 1.5 2^52 + 1023 leaves n + 1023 in the low bits: shifted up they are 2^n. */
function scale(code: Encoder): void {
  code.byte(Opcode.f64Const);
  code.float64(1.5 * 2 ** 52 + 1023);
  code.byte(Opcode.f64Add);
  code.byte(Opcode.i64ReinterpretF64);
  long(code, 52n);
  code.byte(Opcode.i64Shl);
  code.byte(Opcode.f64ReinterpretI64);
  code.byte(Opcode.f64Mul);
}

/** One lane to a value: f64. */
export const scalar: Lanes = {
  type: Type.f64,
  unary: {
    neg: one(Opcode.f64Neg),
    abs: one(Opcode.f64Abs),
    sqrt: one(Opcode.f64Sqrt),
    floor: one(Opcode.f64Floor),
    nearest: one(Opcode.f64Nearest),
    exponent,
    significand,
  },
  binary: {
    add: one(Opcode.f64Add),
    sub: one(Opcode.f64Sub),
    mul: one(Opcode.f64Mul),
    div: one(Opcode.f64Div),
    min: one(Opcode.f64Min),
    max: one(Opcode.f64Max),
    copysign: one(Opcode.f64Copysign),
    scale,
  },
  comparison: {
    lt: one(Opcode.f64Lt),
    le: one(Opcode.f64Le),
    gt: one(Opcode.f64Gt),
    ge: one(Opcode.f64Ge),
    eq: one(Opcode.f64Eq),
    ne: one(Opcode.f64Ne),
  },
  and: one(Opcode.i32And),
  or: one(Opcode.i32Or),
  not: one(Opcode.i32Eqz),
  select: one(Opcode.select),
  convertIndex: one(Opcode.f64ConvertI32S),
  literal(code, value) {
    code.byte(Opcode.f64Const);
    code.float64(value);
  },
  load(code, offset) {
    code.byte(Opcode.f64Load);
    code.byte(ALIGNMENT_LOG2);
    code.unsigned(offset);
  },
  store(code, offset) {
    code.byte(Opcode.f64Store);
    code.byte(ALIGNMENT_LOG2);
    code.unsigned(offset);
  },
};
