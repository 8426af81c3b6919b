export type { Constraint, Control, Guess, Integrator, Parameter, Problem, State } from './problem';
export { isEquality } from './problem';
export { elastic } from './elastic';
export { discretise } from './stages';
export type { Equality, MapDynamics, RungeKuttaDynamics, Segment, Side, Stages } from './stages';
export type { Tableau } from './tableau';
