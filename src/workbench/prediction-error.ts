/** How far a prediction is off: the largest error of a quantity beside the size of that quantity. */
import type { Drawn, ProblemView } from './protocol';
import { quantitiesOf, trajectoryOf } from './quantities';

/** Sizes below this are no scale. */
const least = 1e-9;

/** Over states, controls and algebraic variables: max_k |predicted - solved| / max_k |solved|, the largest of them. */
export function predictionError(
  problem: ProblemView,
  predicted: Pick<Drawn, 'solution'>,
  solved: Pick<Drawn, 'solution'>,
): number {
  const errors = quantitiesOf(problem).map((quantity) => {
    const values = trajectoryOf(quantity, problem, solved);
    const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), least);
    const difference = trajectoryOf(quantity, problem, predicted).reduce(
      (most, value, k) => Math.max(most, Math.abs(value - (values[k] ?? 0))),
      0,
    );
    return difference / size;
  });
  return Math.max(0, ...errors);
}
