/** What each primitive computes, in plain JavaScript arithmetic: the reference for constant folding and every backend. */
import type { Binary, Unary } from './primitives';

export const unaryValues: { readonly [P in Unary]: (a: number) => number } = {
  neg: (a) => -a,
  abs: Math.abs,
  sign: Math.sign,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  exp: Math.exp,
  log: Math.log,
};

export const binaryValues: { readonly [P in Binary]: (a: number, b: number) => number } = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  pow: (a, b) => a ** b,
  atan2: Math.atan2,
  min: Math.min,
  max: Math.max,
  lessEqual: (a, b) => (a <= b ? 1 : 0),
};
