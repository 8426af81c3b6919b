/** Batches on a GPU: a door of its own, so that those who have none need not load it. */

export { type SweptInstance, solveWhereverPossible } from './fallback';
export {
  type Compiled,
  GpuBatch,
  type GpuEnded,
  type GpuInstance,
  type GpuOutcome,
  type GpuSettings,
  type GpuTimes,
  type Polish,
} from './gpuBatch';
