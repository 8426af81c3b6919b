/** References computed without the solver, for tests alone. */
export { distanceFromRange, inverseRoot, smallestEigenvalue, smallestSingularValue, solve } from './linearAlgebra';
export { type Memory, type NewtonRhs, type NewtonStage, newtonResidual, newtonStages } from './newton';
export { type Optimality, optimality } from './optimality';
