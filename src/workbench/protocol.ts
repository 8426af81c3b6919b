/** What the page and its worker say to each other: structured-cloneable data, typed arrays transferred. */
import type { Diagnostic, Typeset } from '../language';
import type { Sensitivities } from '../sensitivity';
import type { Solution } from '../solver';

/** A compiled problem as the page sees it: names, descriptions, ranges, and no expressions. */
export interface ProblemView {
  readonly title: string;
  readonly source: string;
  readonly steps: number;
  readonly parameters: readonly ParameterView[];
  readonly states: readonly StateView[];
  readonly controls: readonly ControlView[];
  readonly constraints: readonly ConstraintView[];
}

export interface ParameterView {
  readonly name: string;
  readonly value: number;
  readonly range: readonly [number, number] | null;
  readonly description: string;
}

export interface StateView {
  readonly name: string;
  readonly description: string;
  /** At the values of the parameters in the text; null: free. */
  readonly initial: number | null;
}

export interface ControlView {
  readonly name: string;
  readonly description: string;
}

export interface ConstraintView {
  readonly name: string;
  /** First and last stage. */
  readonly from: number;
  readonly to: number;
  readonly soft: boolean;
  readonly equality: boolean;
  /** The state or control that the expression consists of, if it is just one: its bounds are drawn in that plot. */
  readonly variable: string | null;
}

/** The whole of what is to be shown: a worker that holds nothing yet needs no more than this. */
export interface Job {
  readonly text: string;
  /** Values that differ from the text. Names that the problem does not have are ignored. */
  readonly parameters: ReadonlyMap<string, number>;
  readonly initial: ReadonlyMap<string, number>;
  /** `drag`: from the last solution, for speed. `rest`: from the guess, so that the same problem gives the same solution. */
  readonly mode: 'drag' | 'rest';
}

/** A constraint along the trajectory. */
export interface ConstraintValues {
  readonly lower: number | null;
  readonly upper: number | null;
  /** At the stages from..to. */
  readonly values: Float64Array;
}

export interface Times {
  /** Milliseconds; 0 where the text was compiled already. */
  readonly compile: number;
  readonly solve: number;
  readonly sensitivity: number;
}

/** One solve, and what follows from it. */
export interface Picture {
  readonly solution: Solution;
  /** Null where the solve did not converge. */
  readonly sensitivities: Sensitivities | null;
  /** Parallel to the constraints of the problem. */
  readonly constraints: readonly ConstraintValues[];
  readonly times: Times;
}

export type Reply =
  | {
      readonly ok: true;
      /** Null where it is the problem of the reply before. */
      readonly problem: ProblemView | null;
      readonly diagnostics: readonly Diagnostic[];
      readonly picture: Picture;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export interface WorkerInterface {
  run(job: Job): Reply;
  typeset(text: string): Typeset | null;
  /** The text with these values in the place of those it declares. */
  write(text: string, parameters: ReadonlyMap<string, number>, initial: ReadonlyMap<string, number>): string;
}
