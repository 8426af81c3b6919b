/** In which parameters move: logarithms of those that are positive at the start, so that they stay so; the others themselves. */
export class Coordinates {
  private readonly positive: readonly boolean[];

  /** `signed`: all of them themselves. */
  constructor(start: ArrayLike<number>, signed = false) {
    this.positive = Array.from(start, (value) => !signed && value > 0);
  }

  of(theta: ArrayLike<number>): Float64Array {
    return Float64Array.from(theta, (value, j) => (this.positive[j] ? Math.log(value) : value));
  }

  back(point: Float64Array): Float64Array {
    return point.map((value, j) => (this.positive[j] ? Math.exp(value) : value));
  }

  /** The gradient with respect to the coordinates, of one with respect to the parameters. */
  gradient(theta: Float64Array, slope: Float64Array): Float64Array {
    return slope.map((value, j) => (this.positive[j] ? value * theta[j] : value));
  }
}
