/** How far apart two arrays of numbers are. */

/** Nested arrays, or typed ones, as one list of numbers. */
export type Numbers = Float64Array | readonly (number | Numbers)[];

export function flat(numbers: Numbers): number[] {
  if (numbers instanceof Float64Array) return [...numbers];
  return numbers.flatMap((entry) => (typeof entry === 'number' ? [entry] : flat(entry)));
}

/** Largest absolute value; not a number if one of them is none. */
export function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, value) => (Number.isNaN(most) || Math.abs(value) <= most ? most : Math.abs(value)), 0);
}

/**
 * Largest difference in units of the reference's largest entry, or of `least` where that is more. Absolute where all of
 * the reference is zero. Not a number if one of them is none, infinite if there are not equally many.
 */
export function gap(mine: Numbers, reference: Numbers, least = 0): number {
  const ours = flat(mine);
  const theirs = flat(reference);
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY;
  const difference = largest(ours.map((value, i) => value - (theirs[i] as number)));
  const size = Math.max(largest(theirs), least);
  return size > 0 ? difference / size : difference;
}

/** Every `count`-th entry, beginning with entry `i`: one component of an array [..][count]. */
export function component(numbers: Numbers, count: number, i: number): number[] {
  return flat(numbers).filter((_, position) => position % count === i);
}
