export { methodOf, settingsOf } from './choice';
export { compileSolver, defaultMethod, defineSolver, type MethodOptions, type SolverKernels } from './compile';
export { type ConstraintPlaces, constraintPlaces, type MultiplierKind, multiplierKinds } from './constraintLayout';
export {
  type AlongFunctions,
  alongFunctions,
  type Direction,
  type Directions,
  gatherAlong,
  inputDerivatives,
  parameterDirections,
  stateDirections,
  stepDerivatives,
} from './integrator';
export type { KktSystem } from './kkt';
export { CONVERGED, procedures, scalars } from './methodState';
export { type SolutionLayout, SolutionReader, solutionLayout } from './reader';
export { RealTimeIteration, type Sample } from './realTime';
export { withControls } from './restoration';
export { defaults, type Settings, type Status } from './settings';
export { sideName } from './sides';
export type {
  ConstraintMultipliers,
  Inputs,
  Iterate,
  Iteration,
  PrimalDual,
  Restart,
  Solution,
  Start,
  Trajectory,
} from './solution';
export { Solver, settingScalars } from './solver';
export { bindStage, next } from './stageFunctions';
export { pointOf } from './stepFunctions';
export { doublePrecision, singlePrecision, type Target } from './target';
export type { SegmentPlace, Vector, Workspace } from './workspace';
