/** A problem becomes a solver: discretised, differentiated, written as kernels. */
import { type Executable, instantiate, type Module } from '../kernel';
import { discretise, type Problem } from '../problem';
import { defineInteriorPoint, type InteriorPoint } from './interiorPoint';
import { Solver } from './solver';
import { Workspace } from './workspace';

export interface SolverKernels {
  readonly workspace: Workspace;
  readonly interiorPoint: InteriorPoint;
}

/** Everything but `prepare`, which is defined last: others may add kernels that have invariants of their own. */
export function defineSolver(problem: Problem): SolverKernels {
  const workspace = new Workspace(discretise(problem));
  const interiorPoint = defineInteriorPoint(workspace);
  const { program, invariants } = workspace;
  const times = program.buffer('times', workspace.N + 1);
  program.procedure('initialState', () => {
    for (const [k, time] of invariants.lower(workspace.stages.times, new Map()).entries()) times.at(k).set(time);
    const given = problem.states.map((state) => state.initial);
    for (const i of workspace.fixed) {
      const [value] = invariants.lower([given[i] as NonNullable<(typeof given)[0]>], new Map());
      workspace.initial.at(i).set(value);
    }
  });
  return { workspace, interiorPoint };
}

/** A solver alone, without sensitivities. */
export function compileSolver(problem: Problem, backend: (module: Module) => Executable = instantiate): Solver {
  const { workspace } = defineSolver(problem);
  workspace.invariants.define(workspace.parameters);
  return new Solver(workspace, workspace.program.module(), backend);
}
