/** States and controls, as everything that is drawn along the horizon: in one order and one colour everywhere. */
import type { ConstraintView, Picture, ProblemView } from './protocol';

export interface Quantity {
  readonly kind: 'state' | 'control';
  /** Among the states, or among the controls. */
  readonly index: number;
  readonly name: string;
  readonly description: string;
  /** A CSS colour. */
  readonly colour: string;
  /** N + 1 for a state, N for a control. */
  readonly stages: number;
}

const colours = 8;

export function quantitiesOf({ states, controls, steps }: ProblemView): Quantity[] {
  const declared = [
    ...states.map((state, index) => ({ kind: 'state' as const, index, stages: steps + 1, ...pick(state) })),
    ...controls.map((control, index) => ({ kind: 'control' as const, index, stages: steps, ...pick(control) })),
  ];
  return declared.map((quantity, i) => ({ ...quantity, colour: `var(--trace-${(i % colours) + 1})` }));
}

/** One column of a row-major array [stages][width]. */
export function alongStages(values: Float64Array, width: number, index: number, stages: number): Float64Array {
  return Float64Array.from({ length: stages }, (_, stage) => values[stage * width + index] ?? Number.NaN);
}

export function trajectoryOf(quantity: Quantity, problem: ProblemView, { solution }: Picture): Float64Array {
  const { kind, index, stages } = quantity;
  return kind === 'state'
    ? alongStages(solution.x, problem.states.length, index, stages)
    : alongStages(solution.u, problem.controls.length, index, stages);
}

/** What a constraint asks for, as horizontal lines over part of the horizon. */
export interface Bound {
  readonly label: string;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly from: number;
  readonly to: number;
  readonly soft: boolean;
  readonly equality: boolean;
}

export function boundOf(constraint: ConstraintView, index: number, { constraints }: Picture): Bound {
  const { name, from, to, soft, equality } = constraint;
  const { lower = null, upper = null } = constraints[index] ?? {};
  return { label: name, lower, upper, from, to, soft, equality };
}

function pick({ name, description }: { readonly name: string; readonly description: string }) {
  return { name, description };
}
