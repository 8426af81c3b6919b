export type { ActiveSetChange, ConstraintSide, SideKind } from './activeSet';
export { largestRelative } from './columnResidual';
export {
  changesBetween,
  type DifferenceColumn,
  type DifferenceOptions,
  type DifferenceResult,
  differenceColumn,
  type Resolve,
} from './differences';
export { DifferentiableSolver } from './differentiableSolver';
export { type Directions, directions, type ScaleData, type Scaling } from './directions';
export { defineForward, names as sensitivityNames } from './forward';
export type { Optimality } from './optimality';
export { type Prediction, type PredictionOptions, predict, type SimpleBounds, simpleBounds } from './prediction';
export { QuadraticPredictor } from './quadraticPrediction';
export { predictionRadius } from './radius';
export type {
  AdjointSensitivities,
  ConstraintSeed,
  ConstraintSensitivities,
  Feedback,
  GaussNewtonSensitivities,
  Seed,
  Sensitivities,
  SensitivityOptions,
  Trust,
  ValueDerivatives,
} from './sensitivities';
export { SolverCache } from './solverCache';
export type { ActiveSetRange, Validity } from './validity';
