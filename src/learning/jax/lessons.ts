/** What an expert does in a state and a context, and how far someone else is from it. */
import { type Array as JaxArray, numpy as np } from '@jax-js/jax';
import { array } from './perceptron';

export interface Question {
  readonly context: readonly number[];
  readonly state: ArrayLike<number>;
}

export interface Lesson extends Question {
  /** [nu] */
  readonly control: Float64Array;
}

/** Controls of several questions one after the other, as lessons. */
export function answered(questions: readonly Question[], controls: Float64Array): Lesson[] {
  const nu = controls.length / questions.length;
  return questions.map((question, i) => ({ ...question, control: controls.slice(i * nu, (i + 1) * nu) }));
}

/** The mean squared distance from the lessons, relative to the mean square of all that are taught. */
export class Distance {
  private readonly meanSquare: number;

  constructor(taught: readonly Lesson[]) {
    this.meanSquare = sumOfSquares(taught.flatMap(({ control }) => [...control])) / taught.length;
  }

  of(controls: ArrayLike<number>, lessons: readonly Lesson[]): number {
    const wanted = lessons.flatMap(({ control }) => [...control]);
    return sumOfSquares(wanted.map((value, i) => controls[i] - value)) / (lessons.length * this.meanSquare);
  }

  /** The same in a network; `counted` [lessons, 1]: 1, or 0 where a lesson is left out. Consumes both. */
  traced(controls: JaxArray, lessons: readonly Lesson[], counted: JaxArray): JaxArray {
    const wanted = Float64Array.from(lessons.flatMap(({ control }) => [...control]));
    const distance = controls.sub(array(wanted, [lessons.length, wanted.length / lessons.length]));
    return np.sum(np.square(distance).mul(counted)).mul(1 / (lessons.length * this.meanSquare));
  }
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
