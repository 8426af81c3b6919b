/**
 * The problem stage by stage. With z = (x, u), h = T(p)/N and the stages split into segments of equal constraints,
 *
 *   stage cost        L(z, p) = h l + s  (terminal: e),
 *   dynamics          x_{k+1} = F(z, p), or a Runge-Kutta step of the slope f(z, p), the step size included in f,
 *   rows              c(z, p), with lower and upper sides  sign (bound(p) - c(z, p)) >= 0,  and equalities c = bound,
 *   stage Lagrangian  L + m'c + (lambda'F, where F is explicit), whose Hessian in z the solver needs.
 *
 * The step size is part of the expressions, so that derivatives with respect to the duration need no special case.
 */
import { type Graph, hessian, jacobian, type Node, type SparseEntry, vjp } from '../expression';
import { gaussNewton } from './gaussNewton';
import { isEquality, type Problem } from './problem';
import { type Tableau, tableauOf } from './tableau';

/** One side of an inequality: g = sign (bound - row) >= 0; sign +1 for upper sides, -1 for lower ones. */
export interface Side {
  readonly row: number;
  readonly sign: 1 | -1;
  readonly bound: Node;
  /** Weights of the penalty on a violation e: l1 e + l2 e^2 / 2, the stage weight included. */
  readonly soft: { readonly l1: Node; readonly l2: Node } | null;
  readonly constraint: number;
}

export interface Equality {
  readonly row: number;
  readonly bound: Node;
  /** null: an algebraic equation of the dynamics. */
  readonly constraint: number | null;
}

/** Stages from..to-1, all with the same functions. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  /** Stage N: no controls, no dynamics. */
  readonly terminal: boolean;
  /** The variables z of its stages. */
  readonly variables: readonly Node[];
  readonly cost: Node;
  /** dL/dz, dense. */
  readonly gradient: readonly Node[];
  readonly rows: readonly Node[];
  readonly rowJacobian: readonly SparseEntry[];
  /** Symbols m of the row multipliers. */
  readonly rowMultipliers: readonly Node[];
  readonly lagrangian: Node;
  /** Lower triangle. */
  readonly hessian: readonly SparseEntry[];
  readonly sides: readonly Side[];
  readonly equalities: readonly Equality[];
}

/** x+ = F(z, p) as one expression. */
export interface MapDynamics {
  readonly kind: 'map';
  readonly value: readonly Node[];
  readonly jacobian: readonly SparseEntry[];
}

/** x+ by `substeps` Runge-Kutta steps of the slope f, which is the right-hand side times the length of a substep. */
export interface RungeKuttaDynamics {
  readonly kind: 'runge-kutta';
  readonly tableau: Tableau;
  readonly substeps: number;
  /** Stacked: f~ = (f, integrand of the cost where it is integrated, -g). */
  readonly slope: readonly Node[];
  /** Number of integrands: 1 or 0. */
  readonly accumulators: number;
  readonly algebraics: readonly Node[];
  /** (x, controls, algebraic variables), and where each stands in the order (z, algebraic variables). */
  readonly variables: readonly Node[];
  place(i: number): number;
  /** By (z, algebraic variables). */
  readonly jacobian: readonly SparseEntry[];
  /** Symbols of the seed w, one for each entry of the slope. */
  readonly seeds: readonly Node[];
  /** w'f~. */
  readonly seeded: Node;
  /** d(w'f~)/dx. */
  readonly pullback: readonly Node[];
  /** Lower triangle of the second derivatives of w'f~ by (z, algebraic variables). */
  readonly hessian: readonly SparseEntry[];
}

export interface Stages {
  readonly problem: Problem;
  readonly graph: Graph;
  readonly nx: number;
  readonly nu: number;
  readonly steps: number;
  readonly x: readonly Node[];
  /** Controls, then algebraic variables. */
  readonly u: readonly Node[];
  readonly parameters: readonly Node[];
  /** Symbols of the numbers of the text that are inputs. */
  readonly numbers: readonly Node[];
  /** Symbols known at each stage, and their values there, [signals][N+1]: the problem's, then perhaps the step length. */
  readonly signals: readonly Node[];
  readonly signalValues: readonly (readonly Node[])[];
  /** Times of the shooting nodes, [N+1]. */
  readonly times: readonly Node[];
  /** Symbols of the costate lambda_{k+1}, [nx]. */
  readonly costates: readonly Node[];
  readonly dynamics: MapDynamics | RungeKuttaDynamics;
  readonly segments: readonly Segment[];
}

/** The exact Hessian of the Lagrangian, or that of the squares in the cost alone. */
export type HessianKind = 'exact' | 'gauss-newton';

/** Asked for Gauss-Newton where the cost has terms that are no squares. */
export class NoSquaresError extends Error {
  constructor(readonly terms: readonly string[]) {
    super(
      `Gauss-Newton needs a cost of squares, but ${terms.map((term) => `\`${term}\``).join(', ')} ${
        terms.length === 1 ? 'is none' : 'are none'
      }. Write it as w*r^2, or use the exact Hessian.`,
    );
  }
}

/** Discretise; throws GraphLimitError where the derivatives outgrow the graph, NoSquaresError as it says. */
export function discretise(problem: Problem, hessianKind: HessianKind = 'exact'): Stages {
  const { graph, horizon } = problem;
  const x = problem.states.map((s) => s.symbol);
  const u = [...problem.controls, ...problem.algebraics].map((variable) => variable.symbol);
  const z = [...x, ...u];
  const costates = x.map((_, i) => graph.symbol(`lambda${i}`));
  const uniform = graph.div(horizon.duration, graph.constant(horizon.steps));
  const { lengths } = horizon;
  // On a grid of its own the step length is one more signal; there is no step from stage N.
  if (hessianKind === 'gauss-newton' && isIntegrated(problem)) throw new NoSquaresError(['an integrated cost']);
  const step = lengths ? graph.symbol('h') : uniform;
  const signals = problem.signals.map(({ symbol }) => symbol);
  const signalValues = problem.signals.map(({ values }) => values);
  if (lengths) {
    signals.push(step);
    signalValues.push([...lengths, graph.constant(0)]);
  }
  const dynamics =
    problem.dynamics.kind === 'discrete'
      ? mapDynamics(problem, z)
      : rungeKuttaDynamics(problem, x, z, step, hessianKind);
  const segments = intervals(problem).map(([from, to]) =>
    segment(problem, from, to, z, step, dynamics, costates, hessianKind),
  );
  return {
    problem,
    graph,
    nx: x.length,
    nu: u.length,
    steps: horizon.steps,
    x,
    u,
    parameters: problem.parameters.map((p) => p.symbol),
    numbers: problem.numbers.map(({ symbol }) => symbol),
    signals,
    signalValues,
    times: lengths
      ? summed(graph, lengths)
      : Array.from({ length: horizon.steps + 1 }, (_, k) => graph.mul(graph.constant(k), uniform)),
    costates,
    dynamics,
    segments,
  };
}

function summed(graph: Graph, lengths: readonly Node[]): Node[] {
  const times = [graph.constant(0)];
  for (const length of lengths) times.push(graph.add(times[times.length - 1], length));
  return times;
}

/** Whether the integral cost is integrated along with the dynamics. */
function isIntegrated({ graph, cost, dynamics, horizon }: Problem): boolean {
  return horizon.quadrature === 'dynamics' && dynamics.kind === 'continuous' && !graph.isConstant(cost.integral, 0);
}

function mapDynamics(problem: Problem, z: readonly Node[]): MapDynamics {
  const value = problem.dynamics.rhs;
  return { kind: 'map', value, jacobian: jacobian(problem.graph, value, z) };
}

function rungeKuttaDynamics(
  problem: Problem,
  x: readonly Node[],
  z: readonly Node[],
  step: Node,
  hessianKind: HessianKind,
): RungeKuttaDynamics {
  const { graph, horizon } = problem;
  const length = graph.div(step, graph.constant(horizon.substeps));
  const algebraics = problem.algebraics.map(({ symbol }) => symbol);
  const integrands = isIntegrated(problem) ? [problem.cost.integral] : [];
  const slope = [
    ...problem.dynamics.rhs.map((f) => graph.mul(length, f)),
    ...integrands.map((l) => graph.mul(length, l)),
    ...problem.dynamics.algebraic.map((g) => graph.neg(g)),
  ];
  // At the shooting node an algebraic variable is one more control; within the step it is an unknown of its own,
  // whose place is behind all of z.
  const variables = [...z.slice(0, z.length - algebraics.length), ...algebraics];
  const place = (i: number): number => (i < z.length - algebraics.length ? i : i + algebraics.length);
  const seeds = slope.map((_, i) => graph.symbol(`w${i}`));
  const seeded = graph.sum(slope.map((f, i) => graph.mul(seeds[i], f)));
  return {
    kind: 'runge-kutta',
    tableau: tableauOf(horizon.integrator),
    substeps: horizon.substeps,
    slope,
    accumulators: integrands.length,
    algebraics,
    variables,
    place,
    jacobian: jacobian(graph, slope, variables).map((entry) => ({ ...entry, column: place(entry.column) })),
    seeds,
    seeded,
    pullback: vjp(graph, slope, seeds, x),
    hessian: (hessianKind === 'exact' ? hessian(graph, seeded, variables) : []).map((entry) => ({
      ...entry,
      row: place(entry.row),
      column: place(entry.column),
    })),
  };
}

/** Maximal runs of stages on which the same constraints hold; stage N stands alone. */
function intervals(problem: Problem): [number, number][] {
  const N = problem.horizon.steps;
  const cuts = new Set([0, N, N + 1]);
  for (const c of problem.constraints) cuts.add(c.from).add(c.to + 1);
  const sorted = [...cuts].filter((k) => k >= 0 && k <= N + 1).sort((a, b) => a - b);
  return sorted.slice(1).map((to, i) => [sorted[i], to]);
}

function segment(
  problem: Problem,
  from: number,
  to: number,
  z: readonly Node[],
  step: Node,
  dynamics: MapDynamics | RungeKuttaDynamics,
  costates: readonly Node[],
  hessianKind: HessianKind,
): Segment {
  const { graph, cost } = problem;
  const terminal = from === problem.horizon.steps;
  const variables = terminal ? z.slice(0, problem.states.length) : z;
  const summedCost = isIntegrated(problem) ? cost.sum : graph.add(graph.mul(step, cost.integral), cost.sum);
  const stageCost = terminal ? cost.terminal : summedCost;
  const weight = terminal ? graph.constant(1) : step;

  const rows: Node[] = [];
  const sides: Side[] = [];
  const equalities: Equality[] = [];
  problem.constraints.forEach((constraint, index) => {
    if (constraint.from > from || constraint.to < to - 1) return;
    let row = rows.indexOf(constraint.expression);
    if (row < 0) row = rows.push(constraint.expression) - 1;
    if (isEquality(constraint) && !constraint.soft) {
      equalities.push({ row, bound: constraint.lower as Node, constraint: index });
      return;
    }
    const soft = constraint.soft && {
      l1: graph.mul(weight, constraint.soft.l1),
      l2: graph.mul(weight, constraint.soft.l2),
    };
    const { lower, upper } = constraint;
    if (lower !== null) sides.push({ row, sign: -1, bound: lower, soft, constraint: index });
    if (upper !== null) sides.push({ row, sign: 1, bound: upper, soft, constraint: index });
  });

  openMeetingBounds(graph, sides);
  if (!terminal)
    for (const equation of problem.dynamics.algebraic)
      equalities.push({ row: rows.push(equation) - 1, bound: graph.constant(0), constraint: null });

  const rowMultipliers = rows.map((_, i) => graph.symbol(`m${i}`));
  const terms = [stageCost, ...rows.map((c, i) => graph.mul(rowMultipliers[i], c))];
  if (!terminal && dynamics.kind === 'map') terms.push(...dynamics.value.map((f, i) => graph.mul(costates[i], f)));
  const lagrangian = graph.sum(terms);
  return {
    from,
    to,
    terminal,
    variables,
    cost: stageCost,
    gradient: vjp(graph, [stageCost], [graph.constant(1)], variables),
    rows,
    rowJacobian: jacobian(graph, rows, variables),
    rowMultipliers,
    lagrangian,
    hessian: hessianKind === 'exact' ? hessian(graph, lagrangian, variables) : ofSquares(graph, stageCost, variables),
    sides,
    equalities,
  };
}

function ofSquares(graph: Graph, cost: Node, variables: readonly Node[]): readonly SparseEntry[] {
  const found = gaussNewton(graph, cost, variables);
  if (!found.ok) throw new NoSquaresError(found.terms);
  return found.hessian;
}

/** Bounds that lie closer together than this, relative to their size, are moved apart to it. */
const NARROWEST = 1e-8;

/** Room between the bounds of a row: an interior point needs some, also where the bounds meet. */
function openMeetingBounds(graph: Graph, sides: Side[]): void {
  sides.forEach((lower, i) => {
    if (lower.sign === 1 || lower.soft) return;
    const j = sides.findIndex(({ row, sign, soft }) => row === lower.row && sign === 1 && !soft);
    if (j < 0) return;
    const upper = sides[j];
    const size = graph.binary('max', graph.constant(1), graph.unary('abs', upper.bound));
    const missing = graph.sub(graph.mul(graph.constant(NARROWEST), size), graph.sub(upper.bound, lower.bound));
    // Bounds that cross stay as they are: there is nothing between them.
    const meet = graph.binary('lessEqual', lower.bound, upper.bound);
    const half = graph.mul(graph.constant(0.5), graph.mul(meet, graph.binary('max', graph.constant(0), missing)));
    sides[i] = { ...lower, bound: graph.sub(lower.bound, half) };
    sides[j] = { ...upper, bound: graph.add(upper.bound, half) };
  });
}
