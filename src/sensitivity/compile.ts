/** A solver with the kernels of its sensitivities. */
import type { Executable, Module } from '../kernel';
import type { HessianKind, Problem } from '../problem';
import { defineSolver, Solver } from '../solver';
import { defineAlong } from './along';
import { defineForward } from './forward';

interface SystemOptions {
  /** That of the linear systems; right-hand sides of sensitivities are exact. */
  readonly hessian: HessianKind;
  /** With what adjoint sensitivities and the value Hessian need: up to half as long again to compile. */
  readonly secondOrder: boolean;
}

export function compileSystem(
  problem: Problem,
  { hessian, secondOrder }: SystemOptions,
  backend: (module: Module) => Executable,
  makeElastic: (() => Solver) | null = null,
): Solver {
  const kernels = defineSolver(problem, hessian);
  const { workspace } = kernels;
  const parameters = defineForward(kernels);
  if (secondOrder) defineAlong(workspace, parameters);
  workspace.invariants.define(workspace);
  return new Solver(workspace, workspace.program.module(), backend, makeElastic);
}
