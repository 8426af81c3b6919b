/**
 * Where the derivatives at one solution say that the solution goes, while a value is dragged away from it: cheap beside
 * the solve that follows the drag, and drawn beside its result.
 */
import type { Problem } from '../problem';
import { predict, type Sensitivities, simpleBounds } from '../sensitivity';
import type { Solution, Trajectory } from '../solver';
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

  /** Where it starts from. */
  get trajectory(): Trajectory {
    if (!this.origin) throw new Error('there is nothing to start from');
    return this.origin.solution;
  }

  /** The same problem with the value of one column moved away from where it is at the start. */
  moved(asked: Asked, column: string, change: number): Asked {
    const parameters = asked.parameters.slice();
    const initial = asked.initial.slice();
    const parameter = this.problem.parameters.findIndex(({ name }) => name === column);
    const state = this.problem.states.findIndex(({ name }) => `x0.${name}` === column);
    if (parameter >= 0) parameters[parameter] = (parameters[parameter] ?? 0) + change;
    else if (state >= 0) initial[state] = (this.trajectory.x[state] ?? 0) + change;
    return { ...asked, parameters, initial };
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
