/** Steps by running means of the gradient and of its square (Kingma & Ba 2015, Adam, algorithm 1). */
const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

export class Adam {
  private readonly mean: Float64Array;
  private readonly square: Float64Array;
  private steps = 0;

  constructor(
    size: number,
    /** Length of a step in each coordinate, about. */
    readonly rate: number,
  ) {
    this.mean = new Float64Array(size);
    this.square = new Float64Array(size);
  }

  /** One step of `point`, in place. */
  step(point: Float64Array, gradient: ArrayLike<number>): void {
    this.steps++;
    const { mean, square } = this;
    for (let j = 0; j < point.length; j++) {
      mean[j] += (1 - BETA_1) * (gradient[j] - mean[j]);
      square[j] += (1 - BETA_2) * (gradient[j] ** 2 - square[j]);
      const unbiased = mean[j] / (1 - BETA_1 ** this.steps);
      point[j] -= (this.rate * unbiased) / (Math.sqrt(square[j] / (1 - BETA_2 ** this.steps)) + EPSILON);
    }
  }
}
