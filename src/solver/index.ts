export { defineSolver, type SolverKernels } from './compile';
export type { Settings, Status } from './settings';
export type { ConstraintMultipliers, Inputs, Iteration, Solution, Start, Trajectory } from './solution';
export { Solver } from './solver';
export type { Workspace } from './workspace';
