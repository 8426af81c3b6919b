/** What a sweep varies, and over which values: what its view leaves open, or the problem does not have, is filled in. */
import {
  type Axis,
  grid,
  latinHypercube,
  mostSobolDimensions,
  oneAtATime,
  type Samples,
  saltelli,
  sobol,
  stretched,
} from '../../batch';
import type { Sampling, SharedDocument, SweepAxis, SweepView } from '../../sharing';
import type { ProblemView, Ranges } from '../protocol';
import { rangesOf } from '../sensitivities/weights';

/** Something that can be varied: a parameter, or `x0.STATE`. */
export interface Variable {
  readonly name: string;
  readonly range: readonly [number, number];
  /** As it is now. */
  readonly value: number;
}

export interface Definition {
  readonly sampling: Sampling;
  readonly axes: readonly SweepAxis[];
  /** How many instances there will be. */
  readonly count: number;
  /** Why there can be none, and what to do; null: there can. */
  readonly refusal: string | null;
}

/** Instances that a page can hold. */
export const mostInstances = 200_000;
export const mostGridAxes = 3;

/** Points along an axis of a grid of one, two or three axes. */
const usualCounts = [61, 31, 13] as const;

type Values = Pick<SharedDocument, 'parameters' | 'initial'>;

export function variablesOf(problem: ProblemView, changed: Ranges, { parameters, initial }: Values): Variable[] {
  const values = [
    ...problem.parameters.map(({ name, value }) => ({ name, value: parameters.get(name) ?? value })),
    ...problem.states.flatMap(({ name, initial: usual }) =>
      usual === null ? [] : [{ name: `x0.${name}`, value: initial.get(name) ?? usual }],
    ),
  ];
  const ranges = rangesOf(
    problem,
    values.map(({ name }) => name),
    changed,
  );
  return values.map(({ name, value }, i) => ({ name, value, range: ranges[i] ?? [0, 1] }));
}

export function axisOver({ name, range: [from, to] }: Omit<Variable, 'value'>, axes: number): SweepAxis {
  return { name, from, to, count: usualCounts[Math.min(axes, usualCounts.length) - 1] ?? 31, logarithmic: false };
}

/** `list`: the instances of a file, where there is one. */
export function definitionOf(view: SweepView, variables: readonly Variable[], list: Samples | null): Definition {
  const { sampling } = view;
  const axes = axesOf(view, variables, list);
  const count = countOf(view, axes, list);
  return { sampling, axes, count, refusal: refusalOf(sampling, axes, count, list) };
}

function axesOf({ sampling, axes }: SweepView, variables: readonly Variable[], list: Samples | null): SweepAxis[] {
  const known = new Map(variables.map((variable) => [variable.name, variable]));
  if (sampling === 'list')
    return (list?.names ?? []).map((name) => axisOver(known.get(name) ?? { name, range: [0, 1] }, 1));
  const present = axes.filter(({ name }) => known.has(name));
  if (present.length > 0) return sampling === 'grid' ? present.slice(0, mostGridAxes) : present;
  // A grid begins with one parameter; samples vary all that have a slider of their own.
  const parameters = variables.filter(({ name }) => !name.startsWith('x0.'));
  const usual = sampling === 'grid' ? (parameters.length > 0 ? parameters : variables).slice(0, 1) : parameters;
  return usual.map((variable) => axisOver(variable, 1));
}

function countOf({ sampling, count }: SweepView, axes: readonly SweepAxis[], list: Samples | null): number {
  switch (sampling) {
    case 'grid':
      return axes.reduce((product, axis) => product * axis.count, 1);
    case 'saltelli':
      return count * (axes.length + 2);
    case 'one-at-a-time':
      return 2 * axes.length + 1;
    case 'list':
      return list ? list.values.length / list.names.length : 0;
    default:
      return count;
  }
}

function refusalOf(sampling: Sampling, axes: readonly SweepAxis[], count: number, list: Samples | null): string | null {
  if (sampling === 'list' && !list) return 'Choose a file: a line of names, then a line of numbers for each instance.';
  if (axes.length === 0) return 'The problem has no parameter to vary. Declare one in the text: parameter mass = 1.';
  const twice = axes.find(({ name }, i) => axes.findIndex((other) => other.name === name) < i);
  if (twice) return `${twice.name} is varied twice. Leave one of the two out.`;
  const empty = sampling === 'list' ? undefined : axes.find(({ from, to }) => from >= to);
  if (empty) return `${empty.name} goes nowhere: its first end has to be less than its second.`;
  const negative = axes.find(({ from, logarithmic }) => logarithmic && from <= 0);
  if (negative) return `Equal ratios need ends greater than 0; ${negative.name} begins at ${negative.from}.`;
  if (sampling === 'sobol' && axes.length > mostSobolDimensions)
    return `A Sobol sequence has up to ${mostSobolDimensions} dimensions, and these are ${axes.length}. Take a Latin hypercube.`;
  if (count > mostInstances)
    return `The page holds ${mostInstances} instances, and these are ${count}. Take fewer, or the command line.`;
  return null;
}

/** The instances. */
export function samplesOf(
  { count, seed }: SweepView,
  { sampling, axes }: Definition,
  variables: readonly Variable[],
  list: Samples | null,
): Samples {
  const within = (points: Float64Array): Samples => stretched(axes as readonly Axis[], points);
  switch (sampling) {
    case 'grid':
      return grid(axes);
    case 'sobol':
      return within(sobol(count, axes.length, seed));
    case 'latin-hypercube':
      return within(latinHypercube(count, axes.length, seed));
    case 'saltelli':
      return within(saltelli(count, axes.length, seed));
    case 'one-at-a-time':
      return oneAtATime(
        axes,
        axes.map(({ name }) => variables.find((variable) => variable.name === name)?.value ?? Number.NaN),
      );
    case 'list':
      return list ?? { names: [], values: new Float64Array(), shape: null };
  }
}
