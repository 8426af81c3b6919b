export { type GridAxis, grid, gridValues, path } from './grid';
export { latinHypercube } from './latinHypercube';
export { type ReadList, readList } from './list';
export { oneAtATime } from './oneAtATime';
export { SeededRandom } from './random';
export { saltelli } from './saltelli';
export { type Axis, along, type Samples, sampleCount, stretched } from './samples';
export { mostSobolDimensions, sobol } from './sobol';
export { type BootstrapOptions, type Estimate, type SobolIndices, sobolIndices } from './sobolIndices';
