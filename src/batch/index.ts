export { type BatchSettings, BatchSolver } from './batchSolver';
export type { Ended } from './lanes';
