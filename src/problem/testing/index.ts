/** Random problems and references computed without the solver, for tests alone. */
export { dense, distance, largest } from './compare';
export { derivatives, secondDerivatives } from './derivatives';
export { build, type Ocp, type Place, places, type Recipe, recipes } from './ocp';
export { Random } from './random';
export { integrate } from './step';
export { type Row, type StageValues, Transcription } from './transcription';
