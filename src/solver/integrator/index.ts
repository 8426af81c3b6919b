export { type Directions, parameterDirections } from './directions';
export type { Method } from './method';
export { defineMethod, stepDerivatives, stepValue } from './step';
