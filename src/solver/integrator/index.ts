export { type Directions, parameterDirections, stateDirections } from './directions';
export type { Method } from './method';
export { defineMethod, stepDerivatives, stepValue } from './step';
