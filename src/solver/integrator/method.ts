/** What explicit and implicit Runge-Kutta methods have in common: one substep, forwards and backwards. */
import type { Node } from '../../expression';
import { type Place, type Real, ZERO } from '../../kernel';
import type { RungeKuttaDynamics } from '../../problem';
import type { Lowering } from '../invariants';
import type { Workspace } from '../workspace';
import type { AdjointAlong, Direction, Gather, SubstepAlong } from './along';
import { type Block, chain, type MutableBlock } from './block';
import type { Directions } from './directions';
import type { Matrices } from './matrices';
import type { Curvature } from './stageElimination';

/** A stage of the method at its solution: its place in the code, and the tangents of (X_i, algebraic variables). */
export interface MethodStage {
  readonly lowering: Lowering;
  readonly tangent: Block;
  /** Values of the entries of `directions.jacobian` here. */
  readonly jacobian: readonly Real[];
}

export interface ForwardSubstep {
  readonly stages: readonly MethodStage[];
  readonly end: Real[];
  readonly endTangent: Block;
}

export interface Method {
  /** Becomes 1 where the equations of a substep are not solved; null: there are none to solve. */
  readonly unsolved: Place | null;
  /** X+ from X; `controls` are (u, signals). */
  advance(start: readonly Real[], controls: readonly Real[]): Real[];
  /** The same with tangents, `startTangent` = dX/d(directions). */
  forward(
    start: readonly Real[],
    startTangent: Block,
    controls: readonly Real[],
    directions: Directions,
  ): ForwardSubstep;
  /** Adds the substep's share to the Hessian and returns the costate of X, given that of X+. */
  backward(substep: ForwardSubstep, seed: readonly Real[], hessian: MutableBlock, directions: Directions): Real[];
  /** X+ and its change along a direction; `controls` as above. */
  along(
    start: readonly Real[],
    startDot: readonly Real[],
    controls: readonly Real[],
    direction: Direction,
  ): SubstepAlong;
  /** Gathers the substep's share of the gradient; returns the costate of X and its change, given those of X+. */
  adjointAlong(substep: SubstepAlong, seeds: AdjointAlong, direction: Direction, gather: Gather): AdjointAlong;
}

/** One whose substeps need no equations solved: their second derivatives may be found by elimination. */
export interface ExplicitMethod extends Method {
  /** Of w'X+ with w = `seed`, where the substep's tangents began with the identity; and the costate of X. */
  secondOrder(m: Matrices, substep: ForwardSubstep, seed: readonly Real[]): { seed: Real[]; curvature: Curvature };
}

export function isExplicit(method: Method): method is ExplicitMethod {
  return 'secondOrder' in method;
}

export function bindStage(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  state: readonly Real[],
  controls: readonly Real[],
  algebraics: readonly Real[],
): Map<Node, Real> {
  const symbols = [...w.stages.x, ...w.stages.u, ...w.stages.signals];
  const values = [...state.slice(0, w.nx), ...controls];
  const bindings = new Map(symbols.map((symbol, i): [Node, Real] => [symbol, values[i]]));
  // An algebraic variable has its own value inside the step, whatever it is at the shooting node.
  dynamics.algebraics.forEach((symbol, i) => bindings.set(symbol, algebraics[i]));
  return bindings;
}

/** States of the substep: those of the problem, then what is accumulated along it. */
export function innerStates(w: Workspace, dynamics: RungeKuttaDynamics): number {
  return w.nx + dynamics.accumulators;
}

/** seed + sum of what the stages pulled back; nothing depends on accumulators, so their seeds stay. */
export function addPulled(seed: readonly Real[], pulled: readonly (readonly Real[])[]): Real[] {
  return seed.map((value, i) => pulled.reduce((sum, stage) => (i < stage.length ? sum.plus(stage[i]) : sum), value));
}

/** start + sum_j weights_j slopes_j, fixed now. */
export function combine(
  w: Workspace,
  start: readonly Real[],
  weights: readonly number[],
  slopes: readonly (readonly Real[])[],
): Real[] {
  return start.map((x, i) => w.program.let(slopes.reduce((sum, k, j) => sum.plus(k[i].times(weights[j])), x)));
}

/** f_x' kappa and the entries of kappa . f_zz at a stage with the adjoint kappa; both empty where it is zero. */
export interface StageAdjoint {
  readonly pulled: Real[];
  readonly curvature: readonly Real[];
}

export function stageAdjoint(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  { lowering }: MethodStage,
  kappa: readonly Real[],
  { curvature }: Directions,
): StageAdjoint {
  const { program, nx } = w;
  if (kappa.every((value) => value.literal === 0))
    return { pulled: kappa.slice(0, nx), curvature: curvature.map(() => ZERO) };
  lowering.bind(dynamics.seeds, kappa);
  const values = lowering
    .lower([...dynamics.pullback, ...curvature.map((entry) => entry.value)])
    .map((value) => program.let(value));
  return { pulled: values.slice(0, nx), curvature: values.slice(nx) };
}

/** One stage on the way back: adds [D_i; E]' (kappa . f_zz) [D_i; E] to the Hessian and returns f_x' kappa. */
export function pullBack(
  w: Workspace,
  dynamics: RungeKuttaDynamics,
  stage: MethodStage,
  kappa: readonly Real[],
  hessian: MutableBlock,
  directions: Directions,
): Real[] {
  const { program, nx, nz } = w;
  const { tangent } = stage;
  const { columns, curvature: entries } = directions;
  const { pulled, curvature: values } = stageAdjoint(w, dynamics, stage, kappa, directions);
  if (values.every((value) => value.literal === 0)) return pulled;
  const inner = innerStates(w, dynamics);
  const shape = { rows: nz + dynamics.algebraics.length, columns, nx, inner };
  const curvature = chain(program, 'curvature', shape, entries, values, tangent);
  const rows = [...new Set(entries.map(({ row }) => row))];
  for (let i = 0; i < nz; i++)
    program.each(...directions.wanted(i), (j) => {
      const terms = rows
        .filter((m) => m < nx || m >= nz)
        .map((m) => tangent.at(m < nx ? m : inner + m - nz, i).times(curvature.at(m, j)));
      if (i >= nx && rows.includes(i)) terms.push(curvature.at(i, j));
      if (terms.length > 0)
        hessian.add(
          i,
          j,
          terms.reduce((sum, term) => sum.plus(term)),
        );
    });
  return pulled;
}
