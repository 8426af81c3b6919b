/**
 * The starting point. Guesses go linearly over the horizon; a variable that has bounds of its own is moved inside them
 * (Waechter & Biegler 2006, section 3.6), slacks and violations start positive, their multipliers at mu / slack.
 */
import type { Node } from '../expression';
import { type Indexish, max, min, type Place, type Procedure, type Real, real, sqrt } from '../kernel';
import type { Side } from '../problem';
import { type SidePlace, sidesOf } from './sides';
import { setVector } from './vectors';
import type { SegmentPlace, Workspace } from './workspace';

const KAPPA_1 = 1e-2;
const KAPPA_2 = 1e-2;
const SMALLEST_RANGE = 1e-8;

export interface Start {
  /** The guess of the problem into the iterate's point. */
  readonly guess: Procedure;
  /** From the point: into the bounds. */
  readonly interior: Procedure;
  /** From the point: slacks, violations and all multipliers afresh. */
  readonly slacks: Procedure;
  /** At a point that has moved: slacks follow, no product of slack and multiplier is below mu, residuals as they are. */
  readonly rebase: Procedure;
}

export function defineStart(w: Workspace, mu: Place): Start {
  const { program, stages, N } = w;
  const { iterate } = w;
  const { guess: guesses } = stages.problem;

  const guess = program.procedure('start.guess', () => {
    const all = [...guesses.states, ...guesses.controls, ...guesses.algebraics];
    const ends = w.invariants.lower(
      all.flatMap(({ from, to }) => [from, to]),
      new Map(),
    );
    program.for(0, N + 1, (k) => {
      const share = program.let(k.toReal().over(N));
      guesses.states.forEach((_, i) => {
        iterate.point.at(k, i).set(ends[2 * i].plus(share.times(ends[2 * i + 1].minus(ends[2 * i]))));
      });
    });
    program.for(0, N, (k) => {
      const share = program.let(k.toReal().over(N));
      [...guesses.controls, ...guesses.algebraics].forEach((_, j) => {
        const i = w.nx + j;
        iterate.point.at(k, i).set(ends[2 * i].plus(share.times(ends[2 * i + 1].minus(ends[2 * i]))));
      });
    });
    for (const i of w.fixed) iterate.point.at(0, i).set(w.initial.at(i));
  });

  const interior = program.procedure('start.interior', () => {
    w.forEachStage((k, place) => {
      for (const { variable, lower, upper } of simpleBounds(w, place)) {
        const at = iterate.point.at(k, variable);
        const [low, high] = [lower, upper].map(
          (node) => node && w.invariants.lower([node], w.invariants.signalBindings(k))[0],
        );
        if (low) at.set(max(at, low.plus(margin(low, low, high))));
        if (high) at.set(min(at, high.minus(margin(high, low, high))));
      }
    });
  });

  const slacks = program.procedure('start.slacks', () => {
    forEachSide(w, ({ k, place, side, number, soft, row, bound }) => {
      const g = program.let(side.sign === 1 ? bound.minus(row) : row.minus(bound));
      const [low, high] = soft ? [null, null] : rangeOf(w, k, place, side);
      const least = program.let(margin(bound, low, high));
      const slack = program.let(max(g, least));
      iterate.t.at(number).set(slack);
      if (soft) {
        // A violated soft side starts with its violation; the others with a small one.
        const e = program.let(max(slack.minus(g), least));
        iterate.e.at(soft.number).set(e);
        iterate.v.at(soft.number).set(mu.over(e));
      }
      iterate.zeta.at(number).set(1);
    });
    setVector(program, iterate.costate, () => 0);
    setVector(program, iterate.y, () => 0);
  });
  const rebase = program.procedure('start.rebase', () => {
    /** mu / multiplier where that is large, the square root of mu where it is small. */
    const root = program.let(sqrt(mu));
    const least = (multiplier: Real): Real => min(mu.over(multiplier), root);
    forEachSide(w, ({ side, number, soft, row, bound }) => {
      const g = program.let(side.sign === 1 ? bound.minus(row) : row.minus(bound));
      const before = program.let(soft ? iterate.e.at(soft.number) : real(0));
      const slack = program.let(max(g.plus(before), least(iterate.zeta.at(number))));
      iterate.t.at(number).set(slack);
      iterate.zeta.at(number).set(max(iterate.zeta.at(number), mu.over(slack)));
      w.sideResidual.at(number).set(g.plus(before).minus(slack));
      if (!soft) return;
      const violation = program.let(max(before, least(iterate.v.at(soft.number))));
      iterate.e.at(soft.number).set(violation);
      iterate.v.at(soft.number).set(max(iterate.v.at(soft.number), mu.over(violation)));
      w.sideResidual.at(number).set(g.plus(violation).minus(slack));
    });
  });
  return { guess, interior, slacks, rebase };
}

/** Record `body` for every side at the iterate's point, each for itself, with the values of its row and its bound. */
function forEachSide(
  w: Workspace,
  body: (side: SidePlace & { readonly row: Real; readonly bound: Real }) => void,
): void {
  w.forEachStage((k, place) => {
    const { sides, rows, variables } = place.segment;
    if (sides.length === 0) return;
    const point = variables.map((symbol, i): [Node, Real] => [symbol, w.program.let(w.iterate.point.at(k, i))]);
    const bindings = new Map([...w.invariants.signalBindings(k), ...point]);
    for (const at of sidesOf(w, k, place)) {
      const [row, bound] = w.invariants.lower([rows[at.side.row], at.side.bound], bindings);
      body({ ...at, row, bound });
    }
  });
}

/** min(kappa_1 max(1, |bound|), kappa_2 (upper - lower)), and positive where the bounds cross. */
function margin(bound: Real, low: Real | null, high: Real | null): Real {
  const size = max(1, max(bound, bound.negated())).times(KAPPA_1);
  return low && high ? min(size, max(high.minus(low), SMALLEST_RANGE).times(KAPPA_2)) : size;
}

/** Hard lower and upper bound of the row a side belongs to. */
function rangeOf(w: Workspace, k: Indexish, place: SegmentPlace, side: Side): [Real | null, Real | null] {
  const bound = (sign: 1 | -1): Real | null => {
    const found = place.segment.sides.find(({ row, sign: s, soft }) => row === side.row && s === sign && !soft);
    return found ? w.invariants.lower([found.bound], w.invariants.signalBindings(k))[0] : null;
  };
  return [bound(-1), bound(1)];
}

/** Hard bounds on single variables; fixed initial states keep their value. */
function simpleBounds(
  w: Workspace,
  place: SegmentPlace,
): { variable: number; lower: Node | null; upper: Node | null }[] {
  const { segment } = place;
  const found = new Map<number, { variable: number; lower: Node | null; upper: Node | null }>();
  for (const side of segment.sides) {
    const variable = segment.variables.indexOf(segment.rows[side.row]);
    if (variable < 0 || side.soft || (segment.from === 0 && w.fixed.includes(variable))) continue;
    const entry = found.get(variable) ?? { variable, lower: null, upper: null };
    if (side.sign === -1) entry.lower = side.bound;
    else entry.upper = side.bound;
    found.set(variable, entry);
  }
  return [...found.values()];
}
