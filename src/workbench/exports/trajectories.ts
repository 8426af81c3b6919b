/** The trajectories on screen as columns of a table, and as an object of the shape that the command line writes. */
import { type Column, nested } from '../../sharing';
import type { Multipliers, Picture, ProblemView } from '../protocol';
import { alongStages, quantitiesOf, trajectoryOf } from '../quantities';

/** A row for each stage: time, states, controls, algebraic variables, constraints, costates and multipliers. */
export function trajectoryColumns(problem: ProblemView, picture: Picture): Column[] {
  const { states, constraints, steps } = problem;
  const { solution } = picture;
  return [
    { name: 'stage', values: Array.from({ length: steps + 1 }, (_, k) => k) },
    { name: 'time', values: solution.t },
    ...quantitiesOf(problem).map((quantity) => ({
      name: quantity.name,
      values: trajectoryOf(quantity, problem, picture),
    })),
    ...constraints
      .map(({ name, variable, from }, i) => ({ name, variable, from, values: picture.constraints[i]?.values ?? [] }))
      .filter(({ variable }) => variable === null),
    ...states.map(({ name }, i) => ({
      name: `costate of ${name}`,
      values: alongStages(solution.costates, states.length, i, steps + 1),
    })),
    ...constraints.flatMap(({ name, from }, i) =>
      kindsOf(picture.multipliers[i] ?? {}).map(([kind, values]) => ({ name: `${words[kind]} ${name}`, values, from })),
    ),
  ];
}

type Kind = keyof Multipliers;

const words: Record<Kind, string> = {
  lower: 'lower multiplier of',
  upper: 'upper multiplier of',
  equality: 'multiplier of',
  slackLower: 'lower violation of',
  slackUpper: 'upper violation of',
  slackLowerMultiplier: 'multiplier of the lower violation of',
  slackUpperMultiplier: 'multiplier of the upper violation of',
};

function kindsOf(multipliers: Multipliers): [Kind, Float64Array][] {
  return Object.entries(multipliers) as [Kind, Float64Array][];
}

/** Arrays have the stage first. */
export function trajectoryObject(problem: ProblemView, picture: Picture, parameters: ReadonlyMap<string, number>) {
  const { steps: N, states, controls, algebraics, constraints } = problem;
  const { solution, multipliers } = picture;
  return {
    title: problem.title,
    status: solution.status,
    message: solution.message,
    iterations: solution.iterations,
    objective: solution.objective,
    ...problem.method,
    parameters: Object.fromEntries(problem.parameters.map(({ name, value }) => [name, parameters.get(name) ?? value])),
    tau: solution.tau,
    kkt: solution.kkt,
    t: [...solution.t],
    states: states.map(({ name }) => name),
    controls: controls.map(({ name }) => name),
    algebraics: algebraics.map(({ name }) => name),
    x: nested(solution.x, N + 1, states.length),
    u: nested(solution.u, N, controls.length),
    y: nested(solution.algebraics, N, algebraics.length),
    constraints: constraints.map(({ name, from, to }, i) => {
      const { lower = null, upper = null, values = new Float64Array() } = picture.constraints[i] ?? {};
      return { name, stages: range(from, to), lower, upper, values: [...values] };
    }),
    multipliers: {
      dynamics: nested(solution.costates, N + 1, states.length),
      constraints: constraints.map(({ name, from, to }, i) => ({
        name,
        stages: range(from, to),
        ...Object.fromEntries(kindsOf(multipliers[i] ?? {}).map(([kind, values]) => [kind, [...values]])),
      })),
    },
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
