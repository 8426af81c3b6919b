/**
 * The optimal control problem as data:
 *
 *   min over x, u of   sum_{k<N} (h l(x_k, u_k, p) + s(x_k, u_k, p)) + e(x_N, p) + soft penalties
 *   subject to         x_0 = x0(p)                              for the states whose initial value is given
 *                      x' = f(x, y, u, p), 0 = g(x, y, u, p)  or  x_{k+1} = f(x_k, u_k, p)
 *                      lower(p) <= c(x_k, u_k, p) <= upper(p)   for k = from..to
 *
 * with h = T(p)/N. All expressions are nodes of one graph. Vectors follow the order of declaration.
 */
import type { Graph, Node } from '../expression';

type Stages = 1 | 2 | 3 | 4;
/** Runge-Kutta methods: explicit ones of order 1 to 4, and collocation (implicit) of 1 to 4 stages. */
export type Integrator = ExplicitIntegrator | `gauss-legendre-${Stages}` | `radau-${Stages}`;
export type ExplicitIntegrator = `rk${Stages}`;

export interface Parameter {
  readonly name: string;
  readonly symbol: Node;
  readonly value: number;
  /** Range of its slider. */
  readonly range: readonly [number, number] | null;
  readonly description: string;
}

export interface State {
  readonly name: string;
  readonly symbol: Node;
  /** Expression in parameters; null: the initial value is free and is optimised. */
  readonly initial: Node | null;
  readonly description: string;
}

export interface Control {
  readonly name: string;
  readonly symbol: Node;
  readonly description: string;
}

/** Determined by `dynamics.algebraic` wherever the dynamics are evaluated; at stages 0..N-1 a variable like a control. */
export interface Algebraic {
  readonly name: string;
  readonly symbol: Node;
  readonly description: string;
}

/** A number known at every stage: a reference, a disturbance, the time. */
export interface Signal {
  readonly name: string;
  readonly symbol: Node;
  /** Expressions in parameters, [N+1]. */
  readonly values: readonly Node[];
}

export interface Constraint {
  readonly name: string;
  readonly expression: Node;
  /** Expressions in parameters; null: no such side. The same node on both sides: an equality. */
  readonly lower: Node | null;
  readonly upper: Node | null;
  /** First and last stage, both included, 0..N. */
  readonly from: number;
  readonly to: number;
  /** Penalty w (l1 s + l2 s^2 / 2) on the violation s of each side, w = h before stage N and 1 at stage N. */
  readonly soft: { readonly l1: Node; readonly l2: Node } | null;
}

/** A number of the text that stands in the expressions as a symbol: see structure.ts. */
export interface TextNumber {
  readonly symbol: Node;
  readonly value: number;
}

/** Scalars that the text declares together: a vector or a matrix, row by row. */
export interface ArrayOfEntries {
  readonly name: string;
  readonly kind: 'parameter' | 'state' | 'control' | 'algebraic' | 'signal';
  readonly rows: number;
  readonly columns: number;
  /** Place of its first entry among those of its kind. */
  readonly first: number;
}

/** How the text wants to be solved; null: it does not say. */
export interface SolverChoice {
  readonly method: 'interior-point' | 'sqp' | 'rti' | 'admm' | null;
  readonly hessian: 'exact' | 'gauss-newton' | null;
  readonly regularize: 'none' | 'mirror' | 'project' | null;
  readonly globalization: 'merit' | 'full' | null;
  readonly tolerance: number | null;
  /** Barrier value at which to stop. */
  readonly tau: number | null;
  readonly iterations: number | null;
}

/** Nothing said. */
export const noChoice: SolverChoice = {
  method: null,
  hessian: null,
  regularize: null,
  globalization: null,
  tolerance: null,
  tau: null,
  iterations: null,
};

/** Linear over the horizon; both ends are expressions in parameters. */
export interface Guess {
  readonly from: Node;
  readonly to: Node;
}

export interface Problem {
  readonly graph: Graph;
  readonly title: string;
  readonly source: string;
  readonly parameters: readonly Parameter[];
  /** Inputs that are no parameters: nothing is differentiated by them. */
  readonly numbers: readonly TextNumber[];
  readonly states: readonly State[];
  readonly controls: readonly Control[];
  /** Only with continuous dynamics and an implicit integrator. */
  readonly algebraics: readonly Algebraic[];
  readonly signals: readonly Signal[];
  /** Vectors and matrices among the above; scalars of their own are not listed. */
  readonly arrays: readonly ArrayOfEntries[];
  readonly dynamics: {
    readonly kind: 'continuous' | 'discrete';
    readonly rhs: readonly Node[];
    /** g(x, y, u, p) = 0, as many as algebraic variables. */
    readonly algebraic: readonly Node[];
  };
  /** Constant 0 where a term is absent. */
  readonly cost: { readonly integral: Node; readonly sum: Node; readonly terminal: Node };
  /** Bounds of controls are constraints too, named after their control. */
  readonly constraints: readonly Constraint[];
  readonly horizon: {
    readonly duration: Node;
    readonly steps: number;
    /** Lengths of the steps, expressions in parameters, [N]; null: all duration / N. */
    readonly lengths: readonly Node[] | null;
    readonly integrator: Integrator;
    readonly substeps: number;
    /** How integral costs are: by the rectangle rule, h l(x_k, u_k), or integrated with the dynamics. */
    readonly quadrature: 'rectangle' | 'dynamics';
  };
  readonly solver: SolverChoice;
  readonly guess: {
    readonly states: readonly Guess[];
    readonly controls: readonly Guess[];
    readonly algebraics: readonly Guess[];
  };
}

/** Values of all symbols that are the same at every stage, with these parameters [np]. */
export function knownValues(
  problem: Pick<Problem, 'parameters' | 'numbers'>,
  parameters: ArrayLike<number>,
): Map<Node, number> {
  return new Map([
    ...problem.parameters.map(({ symbol }, j): [Node, number] => [symbol, parameters[j]]),
    ...problem.numbers.map(({ symbol, value }): [Node, number] => [symbol, value]),
  ]);
}

/** Whether the constraint is an equality. */
export function isEquality(constraint: Constraint): boolean {
  return constraint.lower !== null && constraint.lower === constraint.upper;
}
