/** Two lanes to a value: f64x2. A condition is a mask of 64 bits a lane. */
import type { Encoder } from './encoder';
import type { Instruction, Lanes, Masks } from './lanes';
import { Opcode, Type, Vector } from './opcodes';

const ALL = -1n;
const SIGN = -0x8000000000000000n;
const SIGN_AND_FRACTION = -0x7ff0000000000001n;
const EXPONENT_OF_ONE = 0x3ff0000000000000n;
const EXPONENT_BIAS = 1023;
const FRACTION_BITS = 52;
const ALIGNMENT_LOG2 = 4;

const vector =
  (opcode: number): Instruction =>
  (code) =>
    code.vector(opcode);

const bits = new DataView(new ArrayBuffer(8));

function literal(code: Encoder, value: number): void {
  bits.setFloat64(0, value);
  const one = bits.getBigUint64(0);
  code.pair(one, one);
}

function whole(code: Encoder, value: bigint): void {
  code.pair(value, value);
}

function shift(code: Encoder, opcode: number): void {
  code.integer(Opcode.i32Const, FRACTION_BITS);
  code.vector(opcode);
}

/** (bits >> 52 & 0x7ff) - 1023; a whole number below 2^52 in the low bits of 2^52 is added to it. */
function exponent(code: Encoder): void {
  shift(code, Vector.i64x2ShrU);
  whole(code, 0x7ffn);
  code.vector(Vector.and);
  literal(code, 2 ** FRACTION_BITS);
  code.vector(Vector.or);
  literal(code, 2 ** FRACTION_BITS + EXPONENT_BIAS);
  code.vector(Vector.f64x2Sub);
}

function significand(code: Encoder): void {
  whole(code, SIGN_AND_FRACTION);
  code.vector(Vector.and);
  whole(code, EXPONENT_OF_ONE);
  code.vector(Vector.or);
}

/** All bits but the sign from the first. */
function copysign(code: Encoder): void {
  whole(code, ~SIGN);
  code.vector(Vector.bitselect);
}

/** Added to a whole number n, 1.5 2^52 + 1023 leaves n + 1023 in the low bits: shifted up they are 2^n. */
function scale(code: Encoder): void {
  literal(code, 1.5 * 2 ** FRACTION_BITS + EXPONENT_BIAS);
  code.vector(Vector.f64x2Add);
  shift(code, Vector.i64x2Shl);
  code.vector(Vector.f64x2Mul);
}

/**
 * pmin(a, b) is b < a ? b : a, one instruction where f64x2.min takes ten in a row. Both orders joined by `or` have the
 * sign of a negative zero, and the exponent of not-a-number, if either operand has it.
 */
function min(code: Encoder, scratch: number): void {
  code.indexed(Opcode.localSet, scratch + 1);
  code.indexed(Opcode.localTee, scratch);
  code.indexed(Opcode.localGet, scratch + 1);
  code.vector(Vector.f64x2Pmin);
  code.indexed(Opcode.localGet, scratch + 1);
  code.indexed(Opcode.localGet, scratch);
  code.vector(Vector.f64x2Pmin);
  code.vector(Vector.or);
}

/** -min(-a, -b) */
function max(code: Encoder, scratch: number): void {
  code.vector(Vector.f64x2Neg);
  code.indexed(Opcode.localSet, scratch + 1);
  code.vector(Vector.f64x2Neg);
  code.indexed(Opcode.localTee, scratch);
  code.indexed(Opcode.localGet, scratch + 1);
  code.vector(Vector.f64x2Pmin);
  code.indexed(Opcode.localGet, scratch + 1);
  code.indexed(Opcode.localGet, scratch);
  code.vector(Vector.f64x2Pmin);
  code.vector(Vector.or);
  code.vector(Vector.f64x2Neg);
}

const masks: Masks = {
  spread(code) {
    code.byte(Opcode.i64ExtendI32S);
    code.vector(Vector.i64x2Splat);
    code.vector(Vector.i64x2Neg);
  },
  /** Lane l: whether the number has bit l. */
  fromBits(code) {
    code.byte(Opcode.i64ExtendI32S);
    code.vector(Vector.i64x2Splat);
    code.pair(1n, 2n);
    code.vector(Vector.and);
    code.pair(1n, 2n);
    code.vector(Vector.i64x2Eq);
  },
  toBits: vector(Vector.i64x2Bitmask),
  any: vector(Vector.anyTrue),
  every: vector(Vector.i64x2AllTrue),
  xor: vector(Vector.xor),
  all: (code) => whole(code, ALL),
};

const plain: Lanes = {
  count: 2,
  type: Type.v128,
  unary: {
    neg: vector(Vector.f64x2Neg),
    abs: vector(Vector.f64x2Abs),
    sqrt: vector(Vector.f64x2Sqrt),
    floor: vector(Vector.f64x2Floor),
    nearest: vector(Vector.f64x2Nearest),
    exponent,
    significand,
  },
  binary: {
    add: vector(Vector.f64x2Add),
    sub: vector(Vector.f64x2Sub),
    mul: vector(Vector.f64x2Mul),
    div: vector(Vector.f64x2Div),
    min,
    max,
    copysign,
    scale,
  },
  bounded: { min: vector(Vector.f64x2Pmin), max: vector(Vector.f64x2Pmax) },
  comparison: {
    lt: vector(Vector.f64x2Lt),
    le: vector(Vector.f64x2Le),
    gt: vector(Vector.f64x2Gt),
    ge: vector(Vector.f64x2Ge),
    eq: vector(Vector.f64x2Eq),
    ne: vector(Vector.f64x2Ne),
  },
  and: vector(Vector.and),
  or: vector(Vector.or),
  not: vector(Vector.not),
  select: vector(Vector.bitselect),
  convertIndex(code) {
    code.byte(Opcode.f64ConvertI32S);
    code.vector(Vector.f64x2Splat);
  },
  masks,
  fused: null,
  literal,
  load: (code, offset) => code.vectorMemory(Vector.load, ALIGNMENT_LOG2, offset),
  store: (code, offset) => code.vectorMemory(Vector.store, ALIGNMENT_LOG2, offset),
};

/** `fused`: with the multiply-add of relaxed SIMD, which rounds once where the machine can. */
export function pair(fused: boolean): Lanes {
  const madd = vector(Vector.f64x2RelaxedMadd);
  const nmadd = vector(Vector.f64x2RelaxedNmadd);
  return fused ? { ...plain, fused: { madd, nmadd } } : plain;
}
