export { DifferentiableSolver } from './differentiableSolver';
export type { Sensitivities } from './sensitivities';
