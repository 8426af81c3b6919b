/** Batches on a GPU: a door of its own, so that those who have none need not load it. */

export type { DerivativeRequest, Differentiated } from './derivativeRequest';
export type { DeviceMethod } from './deviceSolver';
export { type SweptInstance, solveWhereverPossible } from './fallback';
export {
  type Compiled,
  GpuBatch,
  type GpuEnded,
  type GpuInstance,
  type GpuOptions,
  type GpuOutcome,
  type GpuSettings,
  type GpuTimes,
  type Polish,
  type SingleDerivatives,
} from './gpuBatch';
export { type OpenedDevice, requestDevice } from './requestDevice';
