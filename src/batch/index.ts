export { type BatchCode, type BatchSettings, BatchSolver } from './batchSolver';
export type { Ended } from './lanes';
export * from './pool';
export * from './sampling';
export * from './sweep';
