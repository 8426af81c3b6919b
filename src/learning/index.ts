/** Optimal control problems as layers that learn. */

export { Adam } from './adam';
export {
  type ClosedLoop,
  type ClosedLoopOptions,
  closedLoop,
  type LoopGradient,
  type LoopResult,
  type LoopRun,
  type Scenario,
} from './closedLoop';
export { type Columns, findColumns } from './columns';
export { type Descent, type DescentOptions, descend, type Evaluation, type Objective, type Slope } from './descent';
export type {
  Axis,
  Bundle,
  Contender,
  Experiment,
  ExperimentResult,
  Look,
  MadeLayer,
  MakeLayer,
  Plane,
  Point,
  Reading,
  Switches,
} from './experiments/experiment';
export { landscape, type Square, shareOf, squaresOf } from './experiments/landscape';
export { type Advance, race } from './experiments/race';
export { type RecoverTask, recoverCost } from './experiments/recoverCost';
export { type TuneTask, tuneController } from './experiments/tuneController';
export { type Demonstrations, demonstrate, imitation } from './imitation';
export {
  type Awaitable,
  type Forward,
  type ForwardOptions,
  type Layer,
  type LayerGradient,
  type LayerOptions,
  type LayerResult,
  type LayerRun,
  type OcpLayer,
  ocpLayer,
} from './layer';
export type { LayerArrays, OutputName } from './outputs';
export { makePlant, type Plant, type PlantOptions, type PlantResult } from './plant';
export type { Hessian } from './pullback';
export { type SolutionMap, type SolutionMapOptions, type SolutionMapResult, solutionMap } from './solutionMap';
export type { Instance, SolveBatch } from './solveBatch';
export { exposeLayers } from './threads/expose';
export {
  type LayerOnResult,
  LayerOnThreads,
  type LayerSource,
  ocpLayerOn,
  type ThreadedForward,
  type ThreadedGradient,
} from './threads/layerOn';
export { LayerThreads, type RemoteLayers } from './threads/layerThreads';
export type { LayerService, RemoteOptions } from './threads/layerWorker';
export { tuning } from './tuning';
