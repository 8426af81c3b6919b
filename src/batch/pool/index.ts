export type { Connection, RemoteOf } from './connection';
export type { Answer, Circumstances } from './hand';
export type { JobDescription } from './job';
export { connectWorker, pageWorkers } from './page';
export { sharedMemory } from './sharedMemory';
export { isStopped, makeStopFlag, type StopFlag, setStopped } from './stopFlag';
export { WorkerPool } from './workerPool';
