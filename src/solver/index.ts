export { compileSolver, defineSolver, type SolverKernels } from './compile';
export { scalars } from './interiorPoint';
export type { KktSystem } from './kkt';
export { type Directions, stateDirections, stepDerivatives } from './rungeKutta';
export type { Settings, Status } from './settings';
export type { ConstraintMultipliers, Inputs, Iteration, Solution, Start, Trajectory } from './solution';
export { Solver } from './solver';
export { bindStage, next } from './stageFunctions';
export type { SegmentPlace, Workspace } from './workspace';
