/** Row-major arrays as JSON has them: arrays within arrays. Numbers that are not finite become null, as JSON has none. */

export type Nested = number | readonly Nested[];

/** `nested(values, 2, 3)` has two rows of three. */
export function nested(values: Float64Array, ...shape: number[]): readonly Nested[] {
  const [count = 0, ...inner] = shape;
  if (inner.length === 0) return [...values];
  const size = inner.reduce((product, length) => product * length, 1);
  return Array.from({ length: count }, (_, i) => nested(values.subarray(i * size, (i + 1) * size), ...inner));
}
