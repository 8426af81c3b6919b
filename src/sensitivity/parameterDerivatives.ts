/**
 * How the optimality conditions change with the parameters: for each stage, the derivatives by p of
 *
 *   stationarity  d2L/dz dp,   dynamics  dF/dp,   sides  dg/dp,   equalities  d(c - b)/dp,
 *   soft sides    -d(l1 + l2 e)/dp,   and of the Lagrangian itself (the gradient of the optimal value).
 *
 * Sparse: an entry is one derivative by one parameter. Runge-Kutta steps have dense blocks, for the parameters of the
 * right-hand side.
 */
import { type Graph, jacobian, mixedHessian, type Node, type SparseEntry, symbolsOf, vjp } from '../expression';
import type { Indexish, Real } from '../kernel';
import type { RungeKuttaDynamics } from '../problem';
import { type Directions, parameterDirections, type SegmentPlace, type Workspace } from '../solver';

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
  /** Values of the multipliers and violations that the nodes above refer to. */
  bind(k: Indexish): Map<Node, Real>;
}

export function stageDerivatives(w: Workspace, place: SegmentPlace): StageDerivatives {
  const { graph, dynamics } = w.stages;
  const parameters = [...w.stages.parameters, ...w.stages.signals];
  const { segment } = place;
  const y = segment.equalities.map((_, i) => graph.symbol(`y${i}`));
  const zeta = segment.sides.map((_, i) => graph.symbol(`zeta${i}`));
  const e = segment.sides.map((side, i) => (side.soft ? graph.symbol(`e${i}`) : null));

  const sides = segment.sides.map(({ row, sign, bound }) =>
    sign === 1 ? graph.sub(bound, segment.rows[row]) : graph.sub(segment.rows[row], bound),
  );
  const equalities = segment.equalities.map(({ row, bound }) => graph.sub(segment.rows[row], bound));
  const penalties = segment.sides.flatMap(({ soft }, i) => {
    const violation = e[i];
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
    gradient: vjp(graph, [value(graph, place, y, zeta, e)], [graph.constant(1)], parameters),
    bind(k) {
      const bindings = new Map<Node, Real>();
      const give = (symbol: Node | null, from: Real): void => {
        if (symbol !== null) bindings.set(symbol, w.program.let(from));
      };
      y.forEach((symbol, i) => give(symbol, w.iterate.y.at(place.equality(k, i))));
      zeta.forEach((symbol, i) => give(symbol, w.iterate.zeta.at(place.side(k, i))));
      e.forEach((symbol, i) => {
        if (symbol !== null) give(symbol, w.iterate.e.at(place.soft(k, i)));
      });
      return bindings;
    },
  };
}

/** The stage's share of the Lagrangian, with the bounds that its Hessian in z does without. */
function value(
  graph: Graph,
  { segment }: SegmentPlace,
  y: readonly Node[],
  zeta: readonly Node[],
  e: readonly (Node | null)[],
): Node {
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
  return graph.sum(terms);
}

/** The parameters of a Runge-Kutta step's slope, as directions behind those of z. */
export function slopeDirections(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
): { readonly parameters: readonly number[]; readonly directions: Directions } {
  const { stages } = w;
  const present = new Set(symbolsOf(stages.graph, dynamics.slope));
  const all = [...stages.parameters, ...stages.signals];
  const parameters = all.flatMap((symbol, j) => (present.has(symbol) ? [j] : []));
  const symbols = parameters.map((j) => all[j]);
  return { parameters, directions: parameterDirections(w, dynamics, symbols) };
}
