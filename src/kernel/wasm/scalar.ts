/** One lane to a value: f64. A condition is an i32. */
import type { Encoder } from './encoder';
import type { Lanes } from './lanes';
import { Opcode, Type } from './opcodes';

const SIGN_AND_FRACTION = -0x7ff0000000000001n;
const EXPONENT_OF_ONE = 0x3ff0000000000000n;
const ALIGNMENT_LOG2 = 3;

/** (bits >> 52 & 0x7ff) - 1023 */
function exponent(code: Encoder): void {
  code.byte(Opcode.i64ReinterpretF64);
  code.long(Opcode.i64Const, 52n);
  code.byte(Opcode.i64ShrU);
  code.byte(Opcode.i32WrapI64);
  code.integer(Opcode.i32Const, 0x7ff);
  code.byte(Opcode.i32And);
  code.integer(Opcode.i32Const, 1023);
  code.byte(Opcode.i32Sub);
  code.byte(Opcode.f64ConvertI32S);
}

function significand(code: Encoder): void {
  code.byte(Opcode.i64ReinterpretF64);
  code.long(Opcode.i64Const, SIGN_AND_FRACTION);
  code.byte(Opcode.i64And);
  code.long(Opcode.i64Const, EXPONENT_OF_ONE);
  code.byte(Opcode.i64Or);
  code.byte(Opcode.f64ReinterpretI64);
}

/** Added to a whole number n, 1.5 2^52 + 1023 leaves n + 1023 in the low bits: shifted up they are 2^n. */
function scale(code: Encoder): void {
  code.double(Opcode.f64Const, 1.5 * 2 ** 52 + 1023);
  code.byte(Opcode.f64Add);
  code.byte(Opcode.i64ReinterpretF64);
  code.long(Opcode.i64Const, 52n);
  code.byte(Opcode.i64Shl);
  code.byte(Opcode.f64ReinterpretI64);
  code.byte(Opcode.f64Mul);
}

export const scalar: Lanes = {
  count: 1,
  type: Type.f64,
  unary: {
    neg: Opcode.f64Neg,
    abs: Opcode.f64Abs,
    sqrt: Opcode.f64Sqrt,
    floor: Opcode.f64Floor,
    nearest: Opcode.f64Nearest,
    exponent,
    significand,
  },
  binary: {
    add: Opcode.f64Add,
    sub: Opcode.f64Sub,
    mul: Opcode.f64Mul,
    div: Opcode.f64Div,
    min: Opcode.f64Min,
    max: Opcode.f64Max,
    copysign: Opcode.f64Copysign,
    scale,
  },
  bounded: { min: Opcode.f64Min, max: Opcode.f64Max },
  comparison: {
    lt: Opcode.f64Lt,
    le: Opcode.f64Le,
    gt: Opcode.f64Gt,
    ge: Opcode.f64Ge,
    eq: Opcode.f64Eq,
    ne: Opcode.f64Ne,
  },
  and: Opcode.i32And,
  or: Opcode.i32Or,
  not: Opcode.i32Eqz,
  select: Opcode.select,
  convertIndex: Opcode.f64ConvertI32S,
  masks: null,
  fused: null,
  literal: (code, value) => code.double(Opcode.f64Const, value),
  load: (code, offset) => code.memory(Opcode.f64Load, ALIGNMENT_LOG2, offset),
  store: (code, offset) => code.memory(Opcode.f64Store, ALIGNMENT_LOG2, offset),
};
