/** What the page and its worker say to each other: structured-cloneable data, typed arrays transferred. */
import type { Diagnostic, Typeset } from '../language';
import type { ArrayOfEntries } from '../problem';
import type {
  ActiveSetChange,
  ActiveSetRange,
  DifferenceColumn,
  Directions,
  Optimality,
  Sensitivities,
  Validity,
  ValueDerivatives,
} from '../sensitivity';
import type { MethodOptions, MultiplierKind, Solution, Trajectory } from '../solver';

/** A compiled problem as the page sees it: names, descriptions, ranges, and no expressions. */
export interface ProblemView {
  readonly title: string;
  readonly source: string;
  readonly steps: number;
  readonly parameters: readonly ParameterView[];
  readonly states: readonly StateView[];
  readonly controls: readonly ControlView[];
  readonly algebraics: readonly AlgebraicView[];
  readonly constraints: readonly ConstraintView[];
  /** Which of them belong together in a vector or a matrix. */
  readonly arrays: readonly ArrayOfEntries[];
  readonly method: MethodOptions;
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

export interface AlgebraicView {
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
  /** The state, control or algebraic variable that the expression consists of, if it is just one: its bounds are drawn in that plot. */
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
  /** Barrier value to solve and differentiate at; absent or null: as the text has it. */
  readonly tau?: number | null;
  /** Asks for a prediction from the derivatives where a drag began. */
  readonly predicted?: {
    readonly from: Pick<Job, 'parameters' | 'initial'>;
    readonly mode: 'linear' | 'clipped';
  } | null;
}

/** A constraint along the trajectory. */
export interface ConstraintValues {
  readonly lower: number | null;
  readonly upper: number | null;
  /** At the stages from..to. */
  readonly values: Float64Array;
}

/** Of a constraint at the stages from..to; a side that is not given has none. */
export type Multipliers = Readonly<Partial<Record<MultiplierKind, Float64Array>>>;

export interface Times {
  /** Milliseconds; 0 where the text was compiled already. */
  readonly compile: number;
  readonly solve: number;
  readonly sensitivity: number;
}

/** Without what the page does not show, or gets in another form: it is copied at every step of a drag. */
export type ShownSolution = Omit<Solution, 'constraints' | 'iterates'>;
export type ShownSensitivities = Omit<Sensitivities, 'dconstraints'>;

/** What is drawn over time. */
export interface Drawn {
  readonly solution: Pick<Solution, 'x' | 'u' | 'algebraics' | 'costates'>;
  /** Parallel to the constraints of the problem. */
  readonly constraints: readonly ConstraintValues[];
  /** Parallel to the constraints; empty where they are not known. */
  readonly multipliers: readonly Multipliers[];
}

/** One solve, and what follows from it. */
export interface Picture extends Drawn {
  readonly solution: ShownSolution;
  /** Null where the solve did not converge. */
  readonly sensitivities: ShownSensitivities | null;
  /** How far each value may move until the active set changes, to first order; empty during a drag. */
  readonly ranges: readonly ActiveSetRange[];
  /** Of this solution, where one was asked for. */
  readonly prediction: Drawn | null;
  readonly times: Times;
  /**
   * Objective of the solution that a drag has led to, where the solve from the guess has led to another: the problem has
   * several local minima. Null where they agree, or there was no drag.
   */
  readonly dragged: number | null;
}

/** A trajectory on the way to a solution. */
export interface Iterate extends Trajectory {
  /** Its place in the history of the solve. */
  readonly index: number;
  /** Not kept on the way: not a number. */
  readonly algebraics: Float64Array;
  readonly constraints: readonly ConstraintValues[];
}

/** How far may a value move from where it is until its prediction is off by more than a tolerance? */
export interface RadiusQuestion {
  /** A parameter, or `x0.STATE`. */
  readonly column: string;
  readonly mode: 'linear' | 'clipped';
  /** Relative to the size of each quantity. */
  readonly tolerance: number;
  /** Lengths beyond which the answer is of no interest. */
  readonly down: number;
  readonly up: number;
}

/** Lengths, at most those of the question. */
export interface PredictionRadius {
  readonly column: string;
  readonly down: number;
  readonly up: number;
}

/** A text with values put into it, and the values for which it has no place. */
export interface Written {
  readonly text: string;
  readonly parameters: ReadonlyMap<string, number>;
  readonly initial: ReadonlyMap<string, number>;
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

/** What can be found out about a solution, once things have come to rest. */
export interface Studies {
  readonly value: ValueDerivatives;
  readonly validity: Validity;
  readonly exact: ShownSensitivities;
  readonly 'gauss-newton': ShownSensitivities;
  readonly directions: Directions;
}

export type StudyKind = keyof Studies;

export type StudyOutcome<Result> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly message: string };

export type CheckOutcome = StudyOutcome<DifferenceColumn>;

/** Where the next solve along a branch sets out, and what its active set is compared with. */
export interface BranchEnd extends Trajectory {
  /** Null: not known. */
  readonly multipliers: Pick<Solution, 'constraints' | 'tau'> | null;
}

/** A solution on a branch that is followed, and its derivatives with respect to the one column asked for. */
export interface BranchPoint {
  readonly solution: Pick<Solution, 'x' | 'u' | 'algebraics' | 'costates' | 'objective'>;
  readonly derivatives: ShownSensitivities;
  /** Since the end it sets out from. */
  readonly changes: readonly ActiveSetChange[];
  readonly end: BranchEnd;
}

export type BranchOutcome = StudyOutcome<BranchPoint>;

/** Ends of sliders that the user has changed, by parameter name or `x0.STATE`. */
export type Ranges = ReadonlyMap<string, readonly [number, number]>;

export interface WorkerInterface {
  run(job: Job): Reply;
  /** Of the solve at rest; null where there is no such iterate. */
  iterate(job: Job, index: number): Iterate | null;
  /** At the solution; null where there is none. Takes seconds for large problems. */
  examine(job: Job): Optimality | null;
  /** Of the solve at rest. */
  study(job: Job, kind: StudyKind, ranges: Ranges): StudyOutcome<Studies[StudyKind]>;
  /** One column by finite differences. */
  check(job: Job, column: string): CheckOutcome;
  /** The solution of the job next to another one, so that one branch is followed. */
  follow(job: Job, column: string, from: BranchEnd): BranchOutcome;
  /** Null where there is no solution. Solves many times. */
  radius(job: Job, question: RadiusQuestion): PredictionRadius | null;
  typeset(text: string): Typeset | null;
  /** The text with these values in the place of those it declares. */
  write(text: string, parameters: ReadonlyMap<string, number>, initial: ReadonlyMap<string, number>): Written;
}
