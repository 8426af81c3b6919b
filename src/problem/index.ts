export { elastic } from './elastic';
export type {
  Algebraic,
  ArrayOfEntries,
  Constraint,
  Control,
  ExplicitIntegrator,
  Guess,
  Integrator,
  Parameter,
  Problem,
  Signal,
  SolverChoice,
  State,
} from './problem';
export { isEquality, noChoice } from './problem';
export type { Equality, MapDynamics, RungeKuttaDynamics, Segment, Side, Stages } from './stages';
export { discretise, type HessianKind, NoSquaresError } from './stages';
export type { Tableau } from './tableau';
