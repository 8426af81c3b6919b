/** References computed without the solver, for tests alone. */
export { parameterDirections } from './directions';
export { condition, inverseRoot, smallestEigenvalue, solve } from './linearAlgebra';
