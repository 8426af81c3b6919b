/**
 * How the optimality conditions change with the parameters: for each stage, the derivatives by p of
 *
 *   stationarity  d2L/dz dp,   dynamics  dF/dp,   sides  dg/dp,   equalities  d(c - b)/dp,
 *   soft sides    -d(l1 + l2 e)/dp,   and of the Lagrangian itself (the gradient of the optimal value).
 *
 * Sparse: an entry is one derivative by one parameter. Runge-Kutta steps have dense blocks, for the parameters of the
 * right-hand side.
 */
import { hessian, jacobian, mixedHessian, type Node, type SparseEntry, symbolsOf, vjp } from '../expression';
import type { Indexish, Real } from '../kernel';
import type { RungeKuttaDynamics } from '../problem';
import { type Directions, parameterDirections, type SegmentPlace, type Vector, type Workspace } from '../solver';

export type Target = 'stationarity' | 'dynamics' | 'sides' | 'equalities' | 'penalty';

/** d(row of the target)/d(parameter); numbers from np on stand for the signals. */
export interface Entry {
  readonly target: Target;
  readonly row: number;
  readonly parameter: number;
  readonly value: Node;
}

export interface StageDerivatives {
  readonly entries: readonly Entry[];
  /** dL/d(parameters, signals) of the stage; the costate's share of a Runge-Kutta step is not in it. */
  readonly gradient: readonly Node[];
  readonly lagrangian: StageLagrangian;
}

export function stageDerivatives(w: Workspace, place: SegmentPlace): StageDerivatives {
  const { graph, dynamics } = w.stages;
  const parameters = [...w.stages.parameters, ...w.stages.signals];
  const { segment } = place;
  const lagrangian = stageLagrangian(w, place);

  const sides = segment.sides.map(({ row, sign, bound }) =>
    sign === 1 ? graph.sub(bound, segment.rows[row]) : graph.sub(segment.rows[row], bound),
  );
  const equalities = segment.equalities.map(({ row, bound }) => graph.sub(segment.rows[row], bound));
  const penalties = segment.sides.flatMap(({ soft }, i) => {
    const violation = lagrangian.e[i];
    return soft && violation !== null ? [graph.neg(graph.add(soft.l1, graph.mul(soft.l2, violation)))] : [];
  });
  const next = !segment.terminal && dynamics.kind === 'map' ? dynamics.value : [];
  const from = (target: Target, entries: readonly SparseEntry[]): Entry[] =>
    entries.map(({ row, column, value }) => ({ target, row, parameter: column, value }));

  return {
    entries: [
      ...from('stationarity', mixedHessian(graph, segment.lagrangian, segment.variables, parameters)),
      ...from('dynamics', jacobian(graph, next, parameters)),
      ...from('sides', jacobian(graph, sides, parameters)),
      ...from('equalities', jacobian(graph, equalities, parameters)),
      ...from('penalty', jacobian(graph, penalties, parameters)),
    ],
    gradient: vjp(graph, [lagrangian.value], [graph.constant(1)], parameters),
    lagrangian,
  };
}

/** A stage's share of the Lagrangian, with the bounds that its Hessian in z does without. */
export interface StageLagrangian {
  readonly value: Node;
  /** Symbols of the multipliers of equalities and sides, and of the violations of soft sides. */
  readonly y: readonly Node[];
  readonly zeta: readonly Node[];
  readonly e: readonly (Node | null)[];
  /** The numbers that stand for these symbols, at stage k of a vector. */
  at(k: Indexish, from: Pick<Vector, 'y' | 'zeta' | 'e'>): Map<Node, Real>;
}

export function stageLagrangian(w: Workspace, place: SegmentPlace): StageLagrangian {
  const { graph } = w.stages;
  const { segment } = place;
  const y = segment.equalities.map((_, i) => graph.symbol(`y${i}`));
  const zeta = segment.sides.map((_, i) => graph.symbol(`zeta${i}`));
  const e = segment.sides.map((side, i) => (side.soft ? graph.symbol(`e${i}`) : null));
  const terms = [segment.lagrangian];
  segment.equalities.forEach(({ bound }, i) => terms.push(graph.neg(graph.mul(y[i], bound))));
  segment.sides.forEach(({ sign, bound, soft }, i) => {
    const pull = graph.mul(zeta[i], bound);
    terms.push(sign === 1 ? graph.neg(pull) : pull);
    const violation = e[i];
    if (!soft || violation === null) return;
    const half = graph.mul(graph.constant(0.5), graph.mul(soft.l2, violation));
    terms.push(graph.mul(violation, graph.add(soft.l1, half)));
  });
  return {
    value: graph.sum(terms),
    y,
    zeta,
    e,
    at(k, from) {
      const values = new Map<Node, Real>();
      const give = (symbol: Node | null, value: Real): void => {
        if (symbol !== null) values.set(symbol, w.program.let(value));
      };
      y.forEach((symbol, i) => give(symbol, from.y.at(place.equality(k, i))));
      zeta.forEach((symbol, i) => give(symbol, from.zeta.at(place.side(k, i))));
      e.forEach((symbol, i) => {
        if (symbol !== null) give(symbol, from.e.at(place.soft(k, i)));
      });
      return values;
    },
  };
}

/**
 * The parameters of a Runge-Kutta step's slope, as directions behind those of z. Their second derivatives are exact also
 * where the Hessian is not; but that of an implicit method's equations is left out along with it, as that of constraints.
 */
export function slopeDirections(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
): { readonly parameters: readonly number[]; readonly directions: Directions } {
  const { graph, ...stages } = w.stages;
  const present = new Set(symbolsOf(graph, dynamics.slope));
  const all = [...stages.parameters, ...stages.signals];
  const parameters = all.flatMap((symbol, j) => (present.has(symbol) ? [j] : []));
  const symbols = parameters.map((j) => all[j]);
  const isExplicit = dynamics.tableau.a.every((row, i) => row.slice(i).every((value) => value === 0));
  const curved =
    isExplicit && dynamics.hessian.length === 0
      ? { ...dynamics, hessian: hessian(graph, dynamics.seeded, dynamics.variables) }
      : dynamics;
  return { parameters, directions: parameterDirections(w, curved, symbols) };
}
