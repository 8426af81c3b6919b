/** Values of a few parameters and initial states, one instance of the problem after the other. */

/** What is varied, over which values. */
export interface Axis {
  /** A parameter, or `x0.STATE`. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Whether ratios are what is evenly spread; both ends are greater than 0 then. */
  readonly logarithmic: boolean;
}

export interface Samples {
  /** Parameters, or `x0.STATE`. */
  readonly names: readonly string[];
  /** [count][names] */
  readonly values: Float64Array;
  /** Of a grid: points along each axis, the last axis running fastest. Null: there is no such order. */
  readonly shape: readonly number[] | null;
}

export const sampleCount = ({ names, values }: Samples): number =>
  names.length === 0 ? 0 : values.length / names.length;

/** The value of an axis at a share of it in [0, 1]. */
export function along({ from, to, logarithmic }: Axis, share: number): number {
  return logarithmic ? from * (to / from) ** share : from + (to - from) * share;
}

/** Points of the unit cube, [count][axes], as values of the axes. */
export function stretched(axes: readonly Axis[], points: Float64Array): Samples {
  const values = points.map((share, i) => along(axes[i % axes.length], share));
  return { names: axes.map(({ name }) => name), values, shape: null };
}
