export type { Constraint, Control, Guess, Integrator, Parameter, Problem, State } from './problem';
export { isEquality } from './problem';
