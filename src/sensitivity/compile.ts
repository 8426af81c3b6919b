/** A solver with the kernels of its sensitivities. */
import type { Executable, Module } from '../kernel';
import type { HessianKind, Problem } from '../problem';
import { defineSolver, Solver } from '../solver';
import { defineAlong } from './along';
import { defineForward } from './forward';

/** The Hessian is that of the linear systems; right-hand sides of sensitivities are exact. */
export function compileSystem(
  problem: Problem,
  hessian: HessianKind,
  backend: (module: Module) => Executable,
  makeElastic: (() => Solver) | null = null,
): Solver {
  const kernels = defineSolver(problem, hessian);
  const { workspace } = kernels;
  const parameters = defineForward(kernels);
  defineAlong(workspace, parameters);
  workspace.invariants.define(workspace.parameters);
  return new Solver(workspace, workspace.program.module(), backend, makeElastic);
}
