export { type Column, LabelColumn, RealColumn } from './column';
export { exposeSweeps } from './expose';
export { hold } from './hold';
export { derivativeName, type Keep, Recorder } from './keep';
export { derivativesOnDevice, sweepOnDevice } from './onDevice';
export { inputsAt, orderOf, type SweepPlan, type Target, targetOf } from './plan';
export { quantiles } from './quantiles';
export {
  isDifferentiable,
  isLabel,
  keepWords,
  type Label,
  type Quantity,
  quantitiesNamed,
  type Real,
} from './quantity';
export type { Shape } from './shape';
export { type RemoteSweeps, type SweepOptions, sweep } from './sweep';
export type { Compile, SweepService } from './sweepWorker';
export { type SweepFailure, SweepTable } from './table';
export { type WrittenColumn, writtenColumns } from './written';
