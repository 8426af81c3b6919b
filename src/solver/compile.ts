/** A problem becomes a solver: discretised, differentiated, written as kernels. */
import { type Executable, instantiate, type Module } from '../kernel';
import { curvedPart, discretise, type HessianKind, NotQuadraticError, type Problem } from '../problem';
import { defineAdmm } from './admm';
import { defineInteriorPoint, type InteriorPoint } from './interiorPoint';
import type { Regularisation } from './regularisation';
import { Solver } from './solver';
import { defineSqp } from './sqp';
import { doublePrecision, type Target } from './target';
import { Workspace } from './workspace';

/** Which method solves, and how. */
export interface MethodOptions {
  readonly method: 'interior-point' | 'sqp' | 'rti' | 'admm';
  readonly hessian: HessianKind;
  /** Convexification of the stage Hessians (sqp, rti). */
  readonly regularize: Regularisation;
  /** Backtracking on a merit function, or full steps (sqp). */
  readonly globalization: 'merit' | 'full';
}

export const defaultMethod: MethodOptions = {
  method: 'interior-point',
  hessian: 'exact',
  regularize: 'none',
  globalization: 'merit',
};

export interface SolverKernels {
  readonly workspace: Workspace;
  readonly interiorPoint: InteriorPoint;
}

type Backend = (module: Module) => Executable;

/**
 * The interior point method, or operator splitting without a polish, but for `prepare`, which is defined last: others may
 * add kernels with invariants. Throws NotQuadraticError where the splitting cannot solve the problem.
 */
export function defineSolver(
  problem: Problem,
  hessian: HessianKind = 'exact',
  target: Target = doublePrecision,
  splitting = false,
): SolverKernels {
  const workspace = new Workspace(discretise(problem, hessian), target);
  const interiorPoint = splitting ? defineSplitting(workspace, false) : defineInteriorPoint(workspace);
  defineInitialState(workspace);
  return { workspace, interiorPoint };
}

/** Operator splitting and, unless it is to be left as coarse as it ends, the interior point from there. */
function defineSplitting(w: Workspace, polished: boolean): InteriorPoint {
  const curved = curvedPart(w.stages.problem);
  if (curved !== null) throw new NotQuadraticError(curved);
  const polish = defineInteriorPoint(w, {
    initialise: 'polish.initialise',
    resume: 'polish.resume',
    step: 'polish.step',
  });
  defineAdmm(w, polish, polished ? polish : null);
  return polish;
}

/** A solver alone, without sensitivities. Throws NotQuadraticError where the method cannot solve the problem. */
export function compileSolver(
  problem: Problem,
  options: MethodOptions = defaultMethod,
  backend: Backend = instantiate,
  makeElastic: (() => Solver) | null = null,
): Solver {
  const workspace = new Workspace(discretise(problem, options.hessian));
  if (options.method === 'interior-point') defineInteriorPoint(workspace);
  else if (options.method === 'admm') defineSplitting(workspace, true);
  else defineSqp(workspace, { ...options, globalization: options.method === 'rti' ? 'full' : options.globalization });
  defineInitialState(workspace);
  workspace.invariants.define(workspace);
  return new Solver(workspace, workspace.program.module(), backend, makeElastic);
}

/** What of the text depends on parameters alone: times of the nodes, values of fixed initial states. */
function defineInitialState(w: Workspace): void {
  const { program, invariants } = w;
  const times = program.buffer('times', w.N + 1);
  program.procedure('initialState', () => {
    w.fillTiles();
    for (const [k, time] of invariants.lower(w.stages.times, new Map()).entries()) times.at(k).set(time);
    for (const i of w.fixed) {
      const { initial } = w.stages.problem.states[i];
      if (initial !== null) w.initial.at(i).set(invariants.lower([initial], new Map())[0]);
    }
  });
}
