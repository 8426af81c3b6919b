export { type AlongFunctions, alongFunctions, type Direction } from './along';
export { type Directions, parameterDirections, stateDirections } from './directions';
export { type InputDerivatives, inputDerivatives } from './inputs';
export { dense } from './matrices';
export type { Method } from './method';
export { defineMethod, gatherAlong, stepDerivatives, stepValue } from './step';
