/** The parts of a double: x = significand * 2^exponent with 1 <= |significand| < 2 for normal x. */

const view = new DataView(new ArrayBuffer(8));

/** The exponent field less its bias: -1023 for zeros and subnormal numbers, 1024 for infinities and not-a-number. */
export function exponentOf(x: number): number {
  view.setFloat64(0, x);
  return ((view.getUint32(0) >>> 20) & 0x7ff) - 1023;
}

/** The number with the sign and fraction of x and exponent 0. */
export function significandOf(x: number): number {
  view.setFloat64(0, x);
  view.setUint32(0, (view.getUint32(0) & 0x800fffff) | 0x3ff00000);
  return view.getFloat64(0);
}

/** To the nearest whole number, ties to even: adding 2^52 leaves no room for a fraction. */
export function nearestOf(x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude < 2 ** 52)) return x;
  const rounded = magnitude + 2 ** 52 - 2 ** 52;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}
