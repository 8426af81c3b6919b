/**
 * Where the derivatives at one solution say that the solution goes, while a value is dragged away from it: cheap beside
 * the solve that follows the drag, and drawn beside its result.
 */
import type { Problem } from '../problem';
import { predict, type Sensitivities, simpleBounds } from '../sensitivity';
import type { Solution } from '../solver';
import { type Asked, sameAsked } from './asked';
import { constraintValues } from './constraint-values';
import { multipliersOf } from './multipliers';
import type { Drawn } from './protocol';

interface Origin {
  readonly asked: Asked;
  readonly solution: Solution;
  readonly sensitivities: Sensitivities;
}

export class Predictor {
  private origin: Origin | null = null;

  constructor(private readonly problem: Problem) {}

  isAt(asked: Asked): boolean {
    return this.origin !== null && sameAsked(this.origin.asked, asked);
  }

  /** Copies: the arrays of an answer leave for the page. */
  startFrom(asked: Asked, { iterates: _, ...solution }: Solution, sensitivities: Sensitivities): void {
    this.origin = { asked, ...structuredClone({ solution: { ...solution, iterates: [] }, sensitivities }) };
  }

  /** Null where there is nothing to start from. */
  predict(asked: Asked, mode: 'linear' | 'clipped'): Drawn | null {
    if (!this.origin) return null;
    const { problem } = this;
    const { solution, sensitivities } = this.origin;
    const clip = mode === 'clipped' ? simpleBounds(problem, asked.parameters) : null;
    const { constraints, ...point } = predict(solution, sensitivities, this.changeTo(asked), { clip });
    return {
      solution: point,
      constraints: constraintValues(problem, asked.parameters, point),
      multipliers: constraints.map(multipliersOf),
    };
  }

  /** Of parameters and initial states, in the order of the columns. Where no initial value was set, the text's expression gave it. */
  private changeTo(asked: Asked): Float64Array {
    const { states, parameters } = this.problem;
    const { asked: from, solution, sensitivities } = this.origin as Origin;
    const changes = new Map(
      parameters.map(({ name }, j) => [name, difference(asked.parameters[j], from.parameters[j])]),
    );
    states.forEach(({ name }, i) => {
      const to = asked.initial[i] ?? Number.NaN;
      changes.set(`x0.${name}`, Number.isNaN(to) ? 0 : difference(to, solution.x[i]));
    });
    return Float64Array.from(sensitivities.columns, (column) => changes.get(column) ?? 0);
  }
}

function difference(to = 0, from = 0): number {
  return to - from;
}
