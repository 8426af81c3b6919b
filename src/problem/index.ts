export { elastic } from './elastic';
export type {
  Algebraic,
  Constraint,
  Control,
  ExplicitIntegrator,
  Guess,
  Integrator,
  Parameter,
  Problem,
  Signal,
  State,
} from './problem';
export { isEquality } from './problem';
export type { Equality, MapDynamics, RungeKuttaDynamics, Segment, Side, Stages } from './stages';
export { discretise } from './stages';
export type { Tableau } from './tableau';
