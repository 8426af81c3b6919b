export { type Column, writeCsv } from './csv';
export type {
  AlongView,
  Below,
  ColumnOrder,
  DerivativeView,
  HeatmapView,
  Measure,
  PlotGroup,
  PlotsView,
  PredictionMode,
  Scale,
  SharedDocument,
  StudioPage,
  StudioView,
  Variant,
  View,
} from './document';
export { initialAlong, initialPlots, initialStudio, initialView, textLimit } from './document';
export { fileName } from './fileName';
export { encodeLearning, initialLearning, type LearningPage, type LearningView } from './learning';
export type { DecodedLink, DecodeReason, EncodedLink } from './link';
export { decodeLink, encodeDocument, encodeGallery } from './link';
export { type Nested, nested } from './nested';
export { isInitialView } from './payload';
export {
  initialSweep,
  type Overlay,
  type Sampling,
  type SweepAxis,
  type SweepBackend,
  type SweepLook,
  type SweepStart,
  type SweepView,
} from './sweepView';
