/**
 * The stage functions of the problem as kernel code: values at a trial point, and values with derivatives at the
 * iterate. Every stage is independent of the others.
 */
import type { Node } from '../expression';
import { type Buffer, type Indexish, type Place, type Procedure, type Real, ZERO } from '../kernel';
import { affineValues } from './affineStage';
import { dense, stepValue } from './integrator';
import {
  defineEvaluateStep,
  defineLineariseStep,
  type EvaluateStep,
  type LineariseStep,
  next,
  pointOf,
  storeDefect,
  storeDynamics,
} from './stepFunctions';
import type { SegmentPlace, Workspace } from './workspace';

export { next } from './stepFunctions';

/**
 * Define `linearise`: at the iterate, the objective's stage costs (summed into `objective`), cost gradient, dynamics
 * and row Jacobians, Hessian of the Lagrangian, and the residuals of dynamics, sides and equalities. `fixed`: derivatives of
 * dynamics and cost are the same at every stage, and what is stored of them stays (see affineStage.ts).
 */
export function defineLinearise(w: Workspace, objective: Place, fixed: boolean): Procedure {
  const { program } = w;
  const unrolled = (body: () => void): void => program.unrolling(w.target.unrollStages, body);
  const step = defineLineariseStep(w, unrolled);
  const stages = w.segments.map((place) =>
    program.procedure(
      `linearise.${place.index}`,
      (k) => unrolled(() => lineariseStage(w, k, place, place.segment.terminal ? null : step, fixed)),
      false,
    ),
  );
  return program.procedure('linearise', () => {
    initialDefect(w, w.iterate.point, w.residual.dynamics);
    if (step) program.forEach(0, w.N, (k) => step.procedure.call(k));
    w.forEachStage((k, place) => stages[place.index].call(k));
    objective.set(totalCost(w));
  });
}

/** Define `evaluate`: the objective and the residuals at the trial point. */
export function defineEvaluate(w: Workspace, objective: Place): Procedure {
  const { program } = w;
  const step = defineEvaluateStep(w);
  const stages = w.segments.map((place) =>
    program.procedure(
      `evaluate.${place.index}`,
      (k) => evaluateStage(w, k, place, place.segment.terminal ? null : step),
      false,
    ),
  );
  return program.procedure('evaluate', () => {
    initialDefect(w, w.trial.point, w.trialResidual.dynamics);
    if (step) program.forEach(0, w.N, (k) => step.procedure.call(k));
    w.forEachStage((k, place) => stages[place.index].call(k));
    objective.set(totalCost(w));
  });
}

/** Define `simulate`: the states of the iterate from x_0 and the controls, so that the dynamics hold. */
export function defineSimulate(w: Workspace): Procedure {
  const { program, stages } = w;
  const { dynamics } = stages;
  return program.procedure('simulate', () => {
    for (const i of w.fixed) w.iterate.point.at(0, i).set(w.initial.at(i));
    program.for(0, w.N, (k) => {
      const symbols = [...stages.x, ...stages.u, ...stages.signals];
      const z = pointOf(w, k, w.iterate.point);
      const following =
        dynamics.kind === 'map'
          ? w.invariants.lower(dynamics.value, new Map(symbols.map((symbol, i) => [symbol, z[i]])))
          : stepValue(w, dynamics, z);
      const states = following.slice(0, w.nx).map((value) => program.let(value));
      states.forEach((value, i) => w.iterate.point.at(next(k), i).set(value));
    });
  });
}

/** Values of the symbols of a stage; multipliers of the rows are m = y + sum over the row's sides of sign zeta. */
export function bindStage(
  w: Workspace,
  k: Indexish,
  place: SegmentPlace,
  point: Buffer,
  withMultipliers: boolean,
): Map<Node, Real> {
  const { program, stages } = w;
  const bindings = w.invariants.signalBindings(k);
  for (const [i, symbol] of place.segment.variables.entries()) bindings.set(symbol, program.let(point.at(k, i)));
  if (!withMultipliers) return bindings;
  rowMultipliers(w, k, place).forEach((m, i) => bindings.set(place.segment.rowMultipliers[i], program.let(m)));
  if (!place.segment.terminal)
    for (const [i, symbol] of stages.costates.entries())
      bindings.set(symbol, program.let(w.iterate.costate.at(next(k), i)));
  return bindings;
}

export function rowMultipliers(w: Workspace, k: Indexish, place: SegmentPlace): Real[] {
  const multipliers: Real[] = place.segment.rows.map(() => ZERO);
  place.segment.equalities.forEach(({ row }, i) => {
    multipliers[row] = multipliers[row].plus(w.iterate.y.at(place.equality(k, i)));
  });
  place.segment.sides.forEach(({ row, sign }, i) => {
    multipliers[row] = multipliers[row].plus(w.iterate.zeta.at(place.side(k, i)).times(sign));
  });
  return multipliers;
}

function totalCost(w: Workspace): Real {
  return w.program.total(0, w.N + 1, (k) => w.stageCost.at(k));
}

/** x0 - x_0 for the states whose initial value is given. */
function initialDefect(w: Workspace, point: Buffer, defect: Buffer): void {
  for (const i of w.fixed) defect.at(0, i).set(w.initial.at(i).minus(point.at(0, i)));
}

function lineariseStage(
  w: Workspace,
  k: Indexish,
  place: SegmentPlace,
  step: LineariseStep | null,
  fixed: boolean,
): void {
  const { stages } = w;
  const { segment, variables } = place;
  const bindings = bindStage(w, k, place, w.iterate.point, !fixed);
  const map = !segment.terminal && stages.dynamics.kind === 'map' ? stages.dynamics : null;
  const varying = segment.rowJacobian.filter((entry) => !stages.graph.isConstant(entry.value));

  const z = segment.variables.map((symbol) => bindings.get(symbol) as Real);
  const affine = fixed ? affineValues(w, k, place, z) : null;
  const outputs = groups({
    cost: affine ? [] : [segment.cost],
    gradient: affine ? [] : segment.gradient,
    rows: segment.rows,
    jacobian: varying.map((entry) => entry.value),
    hessian: segment.hessian.map((entry) => entry.value),
    next: affine ? [] : (map?.value ?? []),
    nextJacobian: map?.jacobian.map((entry) => entry.value) ?? [],
    bounds: bounds(place),
  });
  const lowered = outputs.split(w.invariants.lower(outputs.nodes, bindings));
  const value = affine ? { ...lowered, ...affine } : lowered;

  const { rows, bounds: bound } = value;
  const { equalities } = w.residual;
  const penalties = storeSideResiduals(w, k, place, rows, bound, w.iterate, w.sideResidual, equalities);
  value.jacobian.forEach((entry, i) => place.jacobianBuffer?.at(offset(k, segment.from), i).set(entry));
  if (map) {
    const jacobian = dense(w.nx, w.nz, map.jacobian, value.nextJacobian);
    storeDynamics(w, k, value.next, (i, j) => jacobian[i][j as number]);
  }
  const hessian = dense(variables, variables, segment.hessian, value.hessian);
  for (let i = 0; i < variables; i++)
    for (let j = 0; j <= i; j++) {
      if (step?.curves(i, j)) place.hessian.addTo(k, i, j, hessian[i][j]);
      else place.hessian.set(k, i, j, hessian[i][j]);
    }
  const cost = value.cost[0].plus(penalties);
  if (step?.costs) {
    w.stageCost.at(k).add(cost);
    value.gradient.forEach((g, i) => w.costGradient.at(k, i).add(g));
  } else {
    w.stageCost.at(k).set(cost);
    value.gradient.forEach((g, i) => w.costGradient.at(k, i).set(g));
  }
}

function evaluateStage(w: Workspace, k: Indexish, place: SegmentPlace, step: EvaluateStep | null): void {
  const { stages } = w;
  const { segment } = place;
  const bindings = bindStage(w, k, place, w.trial.point, false);
  const map = !segment.terminal && stages.dynamics.kind === 'map' ? stages.dynamics : null;
  const outputs = groups({
    cost: [segment.cost],
    rows: segment.rows,
    bounds: bounds(place),
    next: map?.value ?? [],
  });
  const value = outputs.split(w.invariants.lower(outputs.nodes, bindings));
  const { dynamics: defect, equalities, sides } = w.trialResidual;
  const cost = value.cost[0].plus(
    storeSideResiduals(w, k, place, value.rows, value.bounds, w.trial, sides, equalities),
  );
  if (step?.costs) w.stageCost.at(k).add(cost);
  else w.stageCost.at(k).set(cost);
  storeDefect(k, value.next, w.trial.point, defect);
}

/** Bounds of sides and equalities, then l1 and l2 of the soft sides. */
function bounds(place: SegmentPlace): Node[] {
  const { sides, equalities } = place.segment;
  return [
    ...sides.map((side) => side.bound),
    ...equalities.map((equality) => equality.bound),
    ...sides.flatMap((side) => (side.soft ? [side.soft.l1, side.soft.l2] : [])),
  ];
}

/** g + e - t for every side and c - b for every equality; gives the penalties on e. */
function storeSideResiduals(
  w: Workspace,
  k: Indexish,
  place: SegmentPlace,
  rows: readonly Real[],
  bound: readonly Real[],
  at: { readonly t: Buffer; readonly e: Buffer },
  sideResidual: Buffer,
  equalityResidual: Buffer,
): Real {
  const { sides, equalities } = place.segment;
  let weight = sides.length + equalities.length;
  let penalties = ZERO;
  sides.forEach(({ row, sign, soft }, i) => {
    const number = place.side(k, i);
    const g = sign === 1 ? bound[i].minus(rows[row]) : rows[row].minus(bound[i]);
    if (!soft) {
      sideResidual.at(number).set(g.minus(at.t.at(number)));
      return;
    }
    const e = w.program.let(at.e.at(place.soft(k, i)));
    sideResidual.at(number).set(g.plus(e).minus(at.t.at(number)));
    const [l1, l2] = [bound[weight++], bound[weight++]];
    penalties = penalties.plus(e.times(l1.plus(l2.times(e).times(0.5))));
  });
  equalities.forEach(({ row }, i) => {
    equalityResidual.at(place.equality(k, i)).set(rows[row].minus(bound[sides.length + i]));
  });
  return penalties;
}

const offset = (k: Indexish, from: number): Indexish => (typeof k === 'number' ? k - from : k.minus(from));

/** Several lists of nodes lowered together, so that they share subexpressions, and taken apart again. */
export function groups<K extends string>(
  lists: Record<K, readonly Node[]>,
): { nodes: Node[]; split(values: readonly Real[]): Record<K, Real[]> } {
  const names = Object.keys(lists) as K[];
  return {
    nodes: names.flatMap((name) => lists[name]),
    split(values) {
      let end = 0;
      const take = (name: K): [K, Real[]] => {
        const start = end;
        end += lists[name].length;
        return [name, values.slice(start, end)];
      };
      return Object.fromEntries(names.map(take)) as Record<K, Real[]>;
    },
  };
}
