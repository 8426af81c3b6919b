/** Derivatives of solutions that another solver has found: from there, Newton's method has little left to do. */
import type { Problem } from '../../problem';
import { DifferentiableSolver, type Sensitivities } from '../../sensitivity';
import type { Inputs, Solution } from '../../solver';
import type { SweepPlan } from './plan';

export class Derivatives {
  /** Null: none are wanted. */
  private readonly solver: DifferentiableSolver | null;
  /** Numbers of the wanted columns. */
  private readonly columns: readonly number[];

  /** `problem` is asked for where derivatives are wanted. */
  constructor(
    problem: () => Problem,
    private readonly plan: Pick<SweepPlan, 'keep' | 'method' | 'settings'>,
  ) {
    const { sensitivities } = plan.keep;
    this.solver = sensitivities && DifferentiableSolver.compile(problem(), plan.method);
    this.columns = this.solver && sensitivities ? columnNumbers(this.solver.problem, sensitivities.by) : [];
  }

  /** Null where none are wanted, and where there is no solution. */
  at(inputs: Inputs, solution: Solution): Sensitivities | null {
    if (!this.solver || solution.status !== 'converged') return null;
    const again = this.solver.solve(inputs, this.plan.settings, { near: solution });
    return again.status === 'converged' ? this.solver.sensitivities({ columns: this.columns }) : null;
  }
}

/** Numbers of the columns with these names, a parameter or `x0.STATE`. */
export function columnNumbers(
  { parameters, states }: Pick<Problem, 'parameters' | 'states'>,
  by: readonly string[],
): number[] {
  const names = [
    ...parameters.map(({ name }) => name),
    ...states.filter(({ initial }) => initial !== null).map(({ name }) => `x0.${name}`),
  ];
  return by.map((name) => names.indexOf(name));
}
