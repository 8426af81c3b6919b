/** States, controls and algebraic variables: everything that is drawn along the horizon, in one order and one colour everywhere. */
import type { ConstraintView, Drawn, ProblemView } from './protocol';

export interface Quantity {
  readonly kind: 'state' | 'control' | 'algebraic';
  /** Among those of its kind. */
  readonly index: number;
  readonly name: string;
  readonly description: string;
  /** A CSS colour. */
  readonly colour: string;
  /** N + 1 for a state, N for the others. */
  readonly stages: number;
}

const colours = 8;

export function quantitiesOf({ states, controls, algebraics, steps }: ProblemView): Quantity[] {
  const declared = [
    ...states.map((state, index) => ({ kind: 'state' as const, index, stages: steps + 1, ...pick(state) })),
    ...controls.map((control, index) => ({ kind: 'control' as const, index, stages: steps, ...pick(control) })),
    ...algebraics.map((variable, index) => ({ kind: 'algebraic' as const, index, stages: steps, ...pick(variable) })),
  ];
  return declared.map((quantity, i) => ({ ...quantity, colour: `var(--trace-${(i % colours) + 1})` }));
}

/** One column of a row-major array [stages][width]. */
export function alongStages(values: Float64Array, width: number, index: number, stages: number): Float64Array {
  return Float64Array.from({ length: stages }, (_, stage) => values[stage * width + index] ?? Number.NaN);
}

/** How many there are of each kind: the width of their arrays. */
export function widthsOf({ states, controls, algebraics }: ProblemView): Record<Quantity['kind'], number> {
  return { state: states.length, control: controls.length, algebraic: algebraics.length };
}

export function trajectoryOf(
  quantity: Quantity,
  problem: ProblemView,
  { solution }: Pick<Drawn, 'solution'>,
): Float64Array {
  const { kind, index, stages } = quantity;
  const values = { state: solution.x, control: solution.u, algebraic: solution.algebraics };
  return alongStages(values[kind], widthsOf(problem)[kind], index, stages);
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

export function boundOf(constraint: ConstraintView, index: number, { constraints }: Drawn): Bound {
  const { name, from, to, soft, equality } = constraint;
  const { lower = null, upper = null } = constraints[index] ?? {};
  return { label: name, lower, upper, from, to, soft, equality };
}

function pick({ name, description }: { readonly name: string; readonly description: string }) {
  return { name, description };
}
