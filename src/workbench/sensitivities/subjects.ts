/**
 * What is differentiated: states, controls and algebraic variables along the horizon, the costates, and the objective,
 * whose gradient is one row of the map and whose Hessian has a row for every column.
 */
import type { ProblemView } from '../protocol';
import { type Quantity, quantitiesOf } from '../quantities';

export interface Subject {
  readonly kind: Quantity['kind'] | 'costate' | 'gradient' | 'hessian';
  /** Among those of its kind. */
  readonly index: number;
  /** As links and choices have it. No name of a text contains a space. */
  readonly id: string;
  readonly name: string;
  /** A CSS colour. */
  readonly colour: string;
  /** How many rows it has: the stages at which it exists, or the columns for the Hessian. */
  readonly stages: number;
}

/** Groups that can be chosen beside the single ones. */
export const allCostates = 'all costates';
export const objective = 'the objective';

/**
 * Those of the whole problem, in order. `columns`: how many there are. Smoothed, the Hessian is that of the optimal value
 * Jτ = J - τ Σ log(slack), while ∇J remains the gradient of the objective itself, as it is re-solved and predicted.
 */
export function subjectsOf(problem: ProblemView, columns: number, smoothed = false): Subject[] {
  const quantities = quantitiesOf(problem);
  const plain = quantities.map(({ kind, index, name, colour, stages }) => ({
    kind,
    index,
    id: name,
    name,
    colour,
    stages,
  }));
  const costates = problem.states.map(({ name }, index) => ({
    kind: 'costate' as const,
    index,
    id: `costate ${name}`,
    name: `λ ${name}`,
    colour: quantities[index]?.colour ?? ink,
    stages: problem.steps + 1,
  }));
  const value = { index: 0, colour: ink };
  return [
    ...plain,
    ...costates,
    { ...value, kind: 'gradient', id: 'its gradient', name: '∇J', stages: 1 },
    { ...value, kind: 'hessian', id: 'its Hessian', name: smoothed ? '∇²Jτ' : '∇²J', stages: columns },
  ];
}

/** Those of a choice; null, and what the problem does not have, stand for all states, controls and algebraic variables. */
export function chosenSubjects(all: readonly Subject[], chosen: string | null): readonly Subject[] {
  const those = (wanted: (subject: Subject) => boolean) => all.filter(wanted);
  if (chosen === allCostates) return those(({ kind }) => kind === 'costate');
  if (chosen === objective) return those(isObjective);
  const one = chosen === null ? [] : those((subject) => subject.id === chosen && !isObjective(subject));
  return one.length > 0 ? one : those((subject) => subject.kind !== 'costate' && !isObjective(subject));
}

export function isObjective({ kind }: Subject): boolean {
  return kind === 'gradient' || kind === 'hessian';
}

const ink = 'var(--ink-2)';
