export { type GridAxis, grid, gridValues, path } from './grid';
export { latinHypercube } from './latinHypercube';
export { type ReadList, readList } from './list';
export { type Axis, along, type Samples, sampleCount, stretched } from './samples';
export { mostSobolDimensions, sobol } from './sobol';
