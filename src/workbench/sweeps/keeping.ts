/** What the page keeps of each instance: everything, so that all of it can be looked at, as far as there is memory. */
import { isDifferentiable, type Keep, type Quantity, quantitiesNamed, type Real, type Shape } from '../../batch';
import type { ProblemView } from '../protocol';

/** Numbers of a table; eight bytes each. */
const mostNumbers = 8_000_000;

const always = ['status', 'message', 'active', 'objective', 'iterations', 'kkt'];

export const shapeOf = (problem: ProblemView): Shape => ({ ...problem, horizon: { steps: problem.steps } });

/** `wanted`: the quantity that is shown. `differentiated`: with derivatives by the axes. */
export function keepOf(
  problem: ProblemView,
  wanted: string,
  axes: readonly string[],
  count: number,
  differentiated: boolean,
): Keep {
  const shape = shapeOf(problem);
  const named = (word: string): Quantity[] => quantitiesNamed(shape, word) ?? [];
  const variables = [...problem.states, ...problem.controls, ...problem.algebraics].flatMap(({ name }) => named(name));
  const width = differentiated ? 1 + axes.length : 1;
  const all = count * variables.length * width <= mostNumbers;
  // Else its whole trajectory, or no more than what is looked at.
  const entry = named(wanted).filter(isVariable);
  const trajectory = named(wanted.replace(/@\d+$/, '')).filter(isVariable);
  const only = count * trajectory.length * width <= mostNumbers ? trajectory : entry;
  const quantities = [...always.flatMap(named), ...(all ? variables : only)];
  const of = quantities.filter((quantity): quantity is Real => isDifferentiable(quantity));
  return { quantities, sensitivities: differentiated ? { of, by: axes } : null };
}

const isVariable = ({ kind }: Quantity): boolean => kind === 'state' || kind === 'control' || kind === 'algebraic';
