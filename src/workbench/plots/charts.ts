/** What is drawn over time, group by group: states, controls, constraints, costates, multipliers. */
import type { PlotGroup } from '../../sharing';
import type { Drawn, Multipliers, Picture, ProblemView } from '../protocol';
import { alongStages, type Bound, boundOf, type Quantity, quantitiesOf, trajectoryOf } from '../quantities';
import type { Chart } from './chart';

export type ChartGroupName = PlotGroup | 'costates';

/** In the order of the charts. */
export const chartGroups: readonly { readonly name: ChartGroupName; readonly label: string; readonly title: string }[] =
  [
    { name: 'states', label: 'States', title: 'States and algebraic variables' },
    { name: 'controls', label: 'Controls', title: 'Controls' },
    { name: 'constraints', label: 'Constraints', title: 'Constraints that are more than bounds of one variable' },
    { name: 'costates', label: 'Costates', title: 'Derivatives of the optimal cost to go with respect to the states' },
    { name: 'multipliers', label: 'Multipliers', title: 'Multipliers of the constraints, upper minus lower' },
  ];

interface Pictures {
  readonly now: Picture;
  /** As it was before a drag; null: there is none. */
  readonly before: Picture | null;
}

export function chartsOf(problem: ProblemView, pictures: Pictures, shown: ReadonlySet<ChartGroupName>): Chart[] {
  const charts: Record<ChartGroupName, () => Chart[]> = {
    states: () => quantityCharts(problem, pictures, ({ kind }) => kind !== 'control'),
    controls: () => quantityCharts(problem, pictures, ({ kind }) => kind === 'control'),
    constraints: () => constraintCharts(problem, pictures),
    costates: () => costateCharts(problem, pictures),
    multipliers: () => multiplierCharts(problem, pictures),
  };
  return chartGroups.filter(({ name }) => shown.has(name)).flatMap(({ name }) => charts[name]());
}

/** Groups in which there is something to draw. */
export function groupsOf({ constraints, states, controls }: ProblemView): Set<ChartGroupName> {
  const groups = new Set<ChartGroupName>(['states', 'costates']);
  if (states.length === 0) groups.clear();
  if (controls.length > 0) groups.add('controls');
  if (constraints.some(({ variable }) => variable === null)) groups.add('constraints');
  if (constraints.length > 0) groups.add('multipliers');
  return groups;
}

function quantityCharts(
  problem: ProblemView,
  { now, before }: Pictures,
  wanted: (quantity: Quantity) => boolean,
): Chart[] {
  return quantitiesOf(problem)
    .filter(wanted)
    .map((quantity) => {
      const { kind, name, description, colour } = quantity;
      return {
        key: `${kind} ${name}`,
        ...named(name, description, `${kind} ${name} over time`),
        t: now.solution.t,
        values: trajectoryOf(quantity, problem, now),
        from: 0,
        step: kind === 'control',
        colour,
        bounds: boundsOfVariable(problem, now, name, kind === 'control'),
        ghost: before && trajectoryOf(quantity, problem, before),
        prediction: now.prediction && trajectoryOf(quantity, problem, now.prediction),
        quantity: name,
      };
    });
}

function boundsOfVariable({ constraints }: ProblemView, now: Picture, name: string, step: boolean): Bound[] {
  return constraints
    .map((constraint, i) => ({ constraint, bound: boundOf(constraint, i, now) }))
    .filter(({ constraint }) => constraint.variable === name)
    .map(({ bound }) => {
      // A control holds until the next stage, and so does its bound.
      return step ? { ...bound, to: bound.to + 1 } : bound;
    });
}

function constraintCharts({ constraints }: ProblemView, { now, before }: Pictures): Chart[] {
  return constraints
    .map((constraint, i) => ({ constraint, i }))
    .filter(({ constraint }) => constraint.variable === null)
    .map(({ constraint, i }) => ({
      key: `constraint ${constraint.name}`,
      ...named(constraint.name, 'constraint', `constraint ${constraint.name} over time`),
      t: now.solution.t,
      values: now.constraints[i]?.values ?? new Float64Array(),
      from: constraint.from,
      step: false,
      colour: 'var(--ink-2)',
      bounds: [boundOf(constraint, i, now)],
      ghost: before?.constraints[i]?.values ?? null,
      prediction: now.prediction?.constraints[i]?.values ?? null,
    }));
}

function costateCharts(problem: ProblemView, { now, before }: Pictures): Chart[] {
  const { states, steps } = problem;
  const along = ({ solution }: Drawn, i: number) => alongStages(solution.costates, states.length, i, steps + 1);
  const quantities = quantitiesOf(problem);
  return states.map(({ name }, i) => ({
    key: `costate ${name}`,
    ...named(`λ ${name}`, `costate of ${name}`, `costate of ${name} over time`),
    t: now.solution.t,
    values: along(now, i),
    from: 0,
    step: false,
    colour: quantities[i]?.colour ?? 'var(--ink-2)',
    bounds: [],
    ghost: before && along(before, i),
    prediction: now.prediction && along(now.prediction, i),
    quantity: `costate ${name}`,
  }));
}

function multiplierCharts(problem: ProblemView, { now, before }: Pictures): Chart[] {
  const quantities = quantitiesOf(problem);
  return problem.constraints.map(({ name, from, equality, variable }, i) => {
    const quantity = quantities.find((each) => each.name === variable);
    const words = equality ? `multiplier of ${name}` : `multiplier of ${name}, upper minus lower`;
    return {
      key: `multiplier ${name}`,
      ...named(`μ ${name}`, words, `${words}, over time`),
      t: now.solution.t,
      values: netMultiplier(now.multipliers[i]),
      from,
      step: quantity?.kind === 'control',
      colour: quantity?.colour ?? 'var(--ink-2)',
      bounds: [],
      ghost: before && netMultiplier(before.multipliers[i]),
      prediction: now.prediction && netMultiplier(now.prediction.multipliers[i]),
    };
  });
}

/** Of an inequality that of its upper side less that of its lower: its sign says which one pushes. */
export function netMultiplier({ upper, lower, equality }: Multipliers = {}): Float64Array {
  if (equality) return equality;
  const length = Math.max(upper?.length ?? 0, lower?.length ?? 0);
  return Float64Array.from({ length }, (_, i) => (upper?.[i] ?? 0) - (lower?.[i] ?? 0));
}

function named(name: string, description: string, label: string) {
  return { testId: `plot-${name}`, name, description, label };
}
