/**
 * The primitives of the expression graph: every operation a node can stand for.
 *
 * Each transformation of the graph (evaluate, simplify, differentiate, print, and the emitters of the floors above)
 * is a mapped type over these names, so that a primitive without its rule does not compile.
 */

/** A handle into one Graph. Operands always have smaller handles than their results: handle order is topological order. */
export type Node = number & { readonly [brand]: true };
declare const brand: unique symbol;

export const nullaries = ['constant', 'symbol'] as const;
export const unaries = [
  'neg',
  'abs',
  'sign',
  'sqrt',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'exp',
  'log',
] as const;
export const binaries = ['add', 'sub', 'mul', 'div', 'pow', 'atan2', 'min', 'max', 'lessEqual'] as const;

export type Nullary = (typeof nullaries)[number];
export type Unary = (typeof unaries)[number];
/** lessEqual(a, b) is 1 where a <= b and 0 elsewhere: the derivative of min and max. */
export type Binary = (typeof binaries)[number];
export type Primitive = Nullary | Unary | Binary;

/** All primitives; the opcode stored with a node is the place in this list. */
export const primitives: readonly Primitive[] = [...nullaries, ...unaries, ...binaries];

export const opcodes = Object.fromEntries(primitives.map((primitive, opcode) => [primitive, opcode])) as Readonly<
  Record<Primitive, number>
>;

/** Opcodes below firstUnary have no operand, those below firstBinary have one, the others two. */
export const firstUnary: number = nullaries.length;
export const firstBinary: number = nullaries.length + unaries.length;
