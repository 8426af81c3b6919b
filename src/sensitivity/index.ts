export { DifferentiableSolver, settingsOf } from './differentiableSolver';
export type { Optimality } from './optimality';
export type { ConstraintSensitivities, Sensitivities } from './sensitivities';
