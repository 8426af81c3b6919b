export { elastic } from './elastic';
export { curvedPart, NotQuadraticError } from './linearQuadratic';
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
  TextNumber,
} from './problem';
export { isEquality, knownValues, noChoice } from './problem';
export type { Equality, MapDynamics, RungeKuttaDynamics, Segment, Side, Stages } from './stages';
export { discretise, type HessianKind, NoSquaresError } from './stages';
export { type Structure, structureOf } from './structure';
export type { Tableau } from './tableau';
