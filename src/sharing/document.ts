/**
 * What a link carries: the text of a problem, the values that differ from the text, and how it is looked at.
 * Values are kept in maps, for a name such as `constructor` is a fine name for a parameter.
 */
import type { SweepView } from './sweepView';

/** The longest text a link may hold, in UTF-16 code units; the limit of the language itself. */
export const textLimit = 65_536;

/** The most entries one map may hold. */
export const entryLimit = 1024;

export type Scale = 'block' | 'column' | 'global';

/** The derivative itself, per cent per per cent, or over the range of the parameter's slider. */
export type Measure = 'absolute' | 'relative' | 'range';

export interface HeatmapView {
  /** The only quantity or group of quantities shown, or null for all states and controls. */
  readonly quantity: string | null;
  readonly measure: Measure;
  /** What the colours are scaled to: the largest entry of each quantity and column, of each column, or of the whole map. */
  readonly scale: Scale;
}

/** One derivative over time: of a state or control with respect to a parameter or initial state. */
export interface DerivativeView {
  readonly quantity: string;
  readonly column: string;
}

export type StudioPage = 'map' | 'lines' | 'compare' | 'validity' | 'directions' | 'along';
export type ColumnOrder = 'declared' | 'size' | 'name';

/** One of the ways to come by the same derivatives. */
export type Variant = 'exact' | 'gauss-newton' | 'differences' | 'smoothed';

/** One entry of the solution as a function of one value. Null: the first there is, or as wide as the slider. */
export interface AlongView {
  readonly column: string | null;
  readonly quantity: string | null;
  readonly stage: number;
  readonly interval: readonly [number, number] | null;
  /** Barrier values, one curve each; null: as the solve has it. */
  readonly taus: readonly (number | null)[];
}

/** What is shown of the sensitivities, beyond the map. */
export interface StudioView {
  readonly page: StudioPage;
  readonly order: ColumnOrder;
  /** Only columns with this in their names. */
  readonly filter: string;
  /** The barrier value at which everything is solved and differentiated; null: as the solve has it. */
  readonly tau: number | null;
  /** The two that are compared. */
  readonly compared: readonly [Variant, Variant];
  /** Absent: `initialAlong`. */
  readonly along?: AlongView | undefined;
}

/** What is drawn over time, beside the costates. */
export type PlotGroup = 'states' | 'controls' | 'constraints' | 'multipliers';

/** How the solution is predicted while a value is dragged: not at all, linearly, or within the constraints. */
export type PredictionMode = 'off' | 'linear' | 'clipped';

export interface PlotsView {
  readonly groups: readonly PlotGroup[];
  readonly prediction: PredictionMode;
  /** Largest error of a prediction that is said to hold, relative to the size of each quantity. */
  readonly tolerance: number;
}

/** What stands below the trajectories. */
export type Below = 'sensitivities' | 'sweep';

export interface View {
  readonly heatmap: HeatmapView;
  readonly derivative: DerivativeView | null;
  readonly costates: boolean;
  /** Absent: `initialPlots`. */
  readonly plots?: PlotsView;
  /** Ranges of sliders that the user has changed, by parameter name or `x0.STATE`. */
  readonly ranges: ReadonlyMap<string, readonly [number, number]>;
  /** Absent: `initialStudio`. */
  readonly studio?: StudioView;
  /** Absent: the sensitivities. */
  readonly below?: Below | undefined;
  /** Absent: `initialSweep`. */
  readonly sweep?: SweepView | undefined;
}

export interface SharedDocument {
  readonly text: string;
  /** Values of parameters that differ from the text, by name. */
  readonly parameters: ReadonlyMap<string, number>;
  /** Initial values that differ from the text, by name of the state. */
  readonly initial: ReadonlyMap<string, number>;
  readonly view: View;
}

export const initialPlots: PlotsView = {
  groups: ['states', 'controls', 'constraints'],
  prediction: 'linear',
  tolerance: 0.05,
};

export const initialView: View = {
  heatmap: { quantity: null, measure: 'absolute', scale: 'block' },
  derivative: null,
  costates: false,
  ranges: new Map(),
};

export const initialStudio: StudioView = {
  page: 'map',
  order: 'declared',
  filter: '',
  tau: null,
  compared: ['exact', 'gauss-newton'],
};

export const initialAlong: AlongView = {
  column: null,
  quantity: null,
  stage: 0,
  interval: null,
  taus: [null, 1e-3, 1e-1, 10],
};
