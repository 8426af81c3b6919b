/** Optimal control problems as layers that learn. */
export { type Columns, findColumns } from './columns';
export {
  type ForwardOptions,
  type LayerGradient,
  type LayerOptions,
  type LayerResult,
  type LayerRun,
  type OcpLayer,
  ocpLayer,
} from './layer';
export type { LayerArrays, OutputName } from './outputs';
export type { Hessian } from './pullback';
export type { Instance, SolveBatch } from './solveBatch';
