/**
 * What a solver is made for: how far its code is unrolled, and what the precision of its numbers can carry. With u the
 * distance from 1 to the next number, regularisations are near the square root of u, what counts as rounding is a few u
 * of what it is compared with, and barrier values stay where products of slacks and multipliers have digits left.
 */
export interface Target {
  /** Blocks of up to this many variables are straight-line code. */
  readonly unroll: number;
  /** The same for the derivatives of the stage functions, most entries of which are zero. */
  readonly unrollStages: number;
  /** Explicit steps whose derivatives are of up to about so many multiply-adds are straight-line code. */
  readonly straightLine: number;
  /** Whether linear-quadratic problems have a method of their own beside the general one. */
  readonly predictorCorrector: boolean;
  /** u */
  readonly unit: number;
  /** What divisors are kept away from zero by. */
  readonly tiny: number;
  /**
   * delta_c of the Newton system: of equalities, which may be redundant, and of sides, in units of what
   * their compliance is at the start.
   */
  readonly dualRegularisation: number;
  readonly sideRegularisation: number;
  /** A pivot below this share of the diagonal it came from is rounding. */
  readonly pivot: number;
  /** Largest shift of the Hessian that is tried. */
  readonly largestShift: number;
  /** Relative residual to which a step's linear system is solved. */
  readonly stepAccuracy: number;
  /** Below this accuracy even a system without stiff rows is checked. */
  readonly checkedAccuracy: number;
  /** Constraints are as good as met below this violation; then rounding decides. */
  readonly violationNoise: number;
  /** Changes below these are rounding: of the violation, and of the barrier function relative to its size. */
  readonly settledViolation: number;
  readonly settledBarrier: number;
  /** Complementarity below this is rounding. */
  readonly complementarityNoise: number;
  /** Slacks are multiplied up to blocks between this and its inverse before a logarithm is taken. */
  readonly largestProduct: number;
}

export const doublePrecision: Target = {
  unroll: 12,
  unrollStages: 12,
  straightLine: 12_000,
  predictorCorrector: true,
  unit: 2 ** -52,
  tiny: 1e-300,
  dualRegularisation: 1e-7,
  sideRegularisation: 1e-9,
  pivot: 1e-14,
  largestShift: 1e40,
  stepAccuracy: 1e-10,
  checkedAccuracy: 1e-12,
  violationNoise: 1e-13,
  settledViolation: 1e-12,
  settledBarrier: 1e-11,
  complementarityNoise: 1e-15,
  largestProduct: 1e60,
};

/** For shaders: drivers take long for long code, and longer for loops in which there is hardly anything but zeros. */
export const singlePrecision: Target = {
  unroll: 6,
  unrollStages: 16,
  straightLine: 8_000,
  predictorCorrector: false,
  unit: 2 ** -23,
  tiny: 1e-30,
  dualRegularisation: 1e-4,
  sideRegularisation: 1e-4,
  pivot: 1e-6,
  largestShift: 1e20,
  stepAccuracy: 1e-4,
  checkedAccuracy: 1e-12,
  violationNoise: 1e-5,
  settledViolation: 1e-4,
  settledBarrier: 1e-5,
  complementarityNoise: 1e-7,
  largestProduct: 1e12,
};
