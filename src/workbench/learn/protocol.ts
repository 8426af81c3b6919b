/** What the page and the worker that trains say to each other. Everything crosses as plain data. */
import type { Experiment, Hessian, Look, Point, SolutionMap, Square } from '../../learning';
import type { LearningView } from '../../sharing';

/** What is known about an experiment before its first step. */
export interface Opened extends Omit<Experiment, 'contenders' | 'plane' | 'problem'> {
  /** That the layer is solved on. */
  readonly threads: number;
  /** Names; the first is whom the experiment is about. */
  readonly contenders: readonly string[];
  readonly states: readonly string[];
  readonly controls: readonly string[];
}

/** Where a contender has come to. */
export type Mark = Omit<Point, 'theta'>;

export interface Progress {
  /** New ones, [contenders][...]. */
  readonly marks: readonly (readonly Mark[])[];
  /** What comes of each contender as it stands now; empty where looking would take too much from the training. */
  readonly now: readonly (Look | null)[];
  /** Milliseconds of training, drawing left out. */
  readonly spent: number;
}

export interface Mapped {
  readonly squares: readonly Square[];
  readonly done: boolean;
}

/** The figure of the page about the layer: one map with several derivatives. */
export interface LayerMaps {
  readonly control: string;
  readonly parameter: string;
  readonly curves: readonly { readonly hessian: Hessian; readonly tau: number | null; readonly map: SolutionMap }[];
}

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string };

export interface LearnInterface {
  /** In the place of the experiment before; its layer on so many threads at most. */
  open(view: LearningView, threads: number): Promise<Outcome<Opened>>;
  /** Trains for so many milliseconds; 0: until the first contender has made one step. */
  advance(milliseconds: number): Promise<Progress>;
  /** What comes of each contender as it stands now; null: not drawn. */
  look(): readonly (Look | null)[];
  /** Begins the landscape around these values anew. */
  survey(values: Float64Array): void;
  /** Goes on with it for so many milliseconds. */
  map(milliseconds: number): Promise<Mapped>;
  /** The map that one layer is. */
  maps(): Outcome<LayerMaps>;
}

/** Cells a side of the landscape. */
export const side = 24;
